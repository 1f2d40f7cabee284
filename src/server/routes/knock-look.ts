import { lookAtKnock } from '../rules/knock-look.ts';
import { answerMedia, changeAs, type Handler } from './context.ts';

export const knockLook: Handler<'knock-look'> = async (parts, call, input) => {
  const { result: seat } = await changeAs(parts, call, 'host-here', (change, stay) =>
    lookAtKnock(change, stay, input),
  );
  return answerMedia(parts, seat);
};
