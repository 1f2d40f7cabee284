import { enterCall } from '../rules/enter.ts';
import { named, toComer } from './comer.ts';
import { answerSnapshot, type Handler } from './context.ts';
import { askForVisitor } from './wish.ts';

export const callEnter: Handler<'call-enter'> = async (parts, call, input) => {
  const comer = named(await toComer(parts, call, input));
  await askForVisitor(parts, 'call-enter', call, comer, input);
  return parts.comers.take(call.room, async () => {
    const { session, ...standing } = await enterCall(parts.ports, call.room, comer, input.again);
    return { ...(await answerSnapshot(parts, standing)), session };
  });
};
