/** How long after somebody is put out bytes may still flow at most, ms. */
const CHECK_EVERY = 250;

/**
 * Passes bytes on while `check` does not throw; it is asked again and again while they flow, so that
 * whoever is put out in the middle gets, and leaves, no more. What ends them rejects the reader.
 */
export function guarded(
  bytes: ReadableStream<Uint8Array>,
  check: () => Promise<unknown>,
  now: () => number = () => performance.now(),
): ReadableStream<Uint8Array> {
  const reader = bytes.getReader();
  let checkedAt = now();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          // After the wait for bytes: they may have been long in coming.
          if (now() - checkedAt >= CHECK_EVERY) {
            await check();
            checkedAt = now();
          }
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          controller.error(error);
          await reader.cancel(error).catch(() => 'It was broken already.');
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
