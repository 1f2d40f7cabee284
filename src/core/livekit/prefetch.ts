/**
 * Has the browser fetch the engine beside what will ask for it. A failure is that one's to tell: a
 * module that can't be loaded here can't be loaded there.
 */
export function prefetchLink(): void {
  void Promise.allSettled([import('./link.ts')]);
}
