declare module '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js' {
  /** What teaches the analyzer Lit's decorators. */
  export function litPlugin(): unknown[];
}
