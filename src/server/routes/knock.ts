import { cleanLine } from '../../protocol/names.ts';
import { knock as knockRule } from '../rules/knock.ts';
import { named, toComer } from './comer.ts';
import type { Handler } from './context.ts';
import { askForVisitor } from './wish.ts';

export const knock: Handler<'knock'> = async (parts, call, input) => {
  const comer = named(await toComer(parts, call, input));
  await askForVisitor(parts, 'knock', call, comer, input);
  const message = cleanLine(input.message ?? '') || undefined;
  const { result } = await parts.comers.take(call.room, () =>
    parts.commits.change({ name: call.room }, (change) => knockRule(change, comer, message), {
      create: true,
    }),
  );
  return result;
};
