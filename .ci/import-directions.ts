import { dirname, resolve } from 'node:path';

/**
 * An oxlint plugin with one rule: imports run one way. It sees static, dynamic and type imports and
 * `export … from`, which `no-restricted-imports` does not.
 */

/** What a layer may import: other layers (its own is always fine), and packages. */
interface Layer {
  readonly layers: readonly string[];
  readonly packages: readonly string[];
}

/** Each folder of `src`, or a file or folder deeper in it that may do more than the rest. */
const LAYERS: Readonly<Record<string, Layer>> = {
  protocol: { layers: [], packages: ['valibot'] },
  core: { layers: ['protocol'], packages: ['@preact/signals-core'] },
  'core/livekit': {
    layers: ['protocol', 'core'],
    packages: ['@preact/signals-core', 'livekit-client'],
  },
  'core/whiteboards': {
    layers: ['protocol', 'core'],
    packages: ['@preact/signals-core', 'yjs'],
  },
  events: { layers: ['protocol'], packages: [] },
  locales: { layers: ['protocol'], packages: [] },
  controllers: {
    layers: ['protocol', 'core', 'locales'],
    packages: ['lit', '@lit/context', '@preact/signals-core'],
  },
  elements: {
    layers: ['protocol', 'core', 'events', 'locales', 'controllers'],
    packages: ['lit', '@lit/context', '@preact/signals-core', '@floating-ui/dom'],
  },
  'elements/meeting-whiteboard': {
    layers: ['protocol', 'core', 'events', 'locales', 'controllers'],
    packages: ['lit', '@preact/signals-core', 'js-draw', 'pdfjs-dist'],
  },
  define: {
    layers: ['protocol', 'core', 'events', 'locales', 'controllers', 'elements'],
    packages: [],
  },
  index: {
    layers: ['protocol', 'core', 'events', 'locales', 'controllers', 'elements'],
    packages: [],
  },
  react: {
    layers: ['define', 'elements', 'events'],
    packages: ['lit', 'react'],
  },
  server: {
    layers: ['protocol'],
    packages: [
      'node',
      'hono',
      '@hono/node-server',
      'ws',
      'jose',
      'kysely',
      'pg',
      '@electric-sql/pglite',
      '@livekit/protocol',
      'valibot',
      '@valibot/to-json-schema',
      'p-limit',
      'prom-client',
      'standardwebhooks',
      'yjs',
    ],
  },
  'server/files': {
    layers: ['protocol', 'server'],
    packages: ['node', '@tus/server', 'file-type', 's3mini'],
  },
  'server/egress': {
    layers: ['protocol', 'server'],
    packages: ['livekit-server-sdk'],
  },
  'server/sfu': {
    layers: ['protocol', 'server'],
    packages: ['livekit-server-sdk', '@livekit/protocol'],
  },
};

/** Parts of a layer that another layer may not see, though it may see the rest of it. */
const HIDDEN: Readonly<Record<string, readonly string[]>> = {
  elements: ['core/api', 'core/livekit'],
  controllers: ['core/api', 'core/livekit'],
};

/** What of `protocol` a page may load; the rest imports valibot, of which it needs the types alone. */
const LIGHT: readonly string[] = [
  'protocol/feed-wire',
  'protocol/image-size',
  'protocol/limits',
  'protocol/meeting-error',
  'protocol/paths',
  'protocol/permissions',
  'protocol/status',
];

const startsWithPath = (path: string, start: string): boolean =>
  path === start || path.startsWith(`${start}/`) || path.startsWith(`${start}.`);

/** `elements/leave-menu/leave-menu.ts` for a file below `src`; undefined for others. */
const insideSource = (file: string): string | undefined => file.split('/src/').at(1);

/** The most exact entry of LAYERS for a path below `src`. */
const layerOf = (path: string): string | undefined =>
  Object.keys(LAYERS)
    .filter((layer) => startsWithPath(path, layer))
    .sort((a, b) => b.length - a.length)[0];

/** `lit` for `lit/decorators.js`, `@lit/context` for itself, `node` for `node:crypto`. */
function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node';
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** The folder of one element; files directly in `elements` and in `elements/shared` have none. */
function elementOf(path: string): string | undefined {
  const [layer, folder, file] = path.split('/');
  return layer === 'elements' && file && folder !== 'shared' ? folder : undefined;
}

/**
 * Why `file` may not import `specifier`, in a sentence; undefined when it may.
 * @param file - Absolute, with forward slashes.
 * @param onlyTypes - Whether nothing is left of the import when the types are gone.
 */
export function findFault(file: string, specifier: string, onlyTypes: boolean): string | undefined {
  const path = insideSource(file);
  const name = path && layerOf(path);
  const layer = name ? LAYERS[name] : undefined;
  if (!path || !name || !layer) return undefined;
  if (!specifier.startsWith('.')) {
    const wanted = packageOf(specifier);
    return layer.packages.includes(wanted) ? undefined : `${name} may not import ${wanted}.`;
  }
  const target = insideSource(resolve(dirname(file), specifier));
  if (target === undefined) return `${name} may not import what is outside of src.`;
  const top = target.split('/')[0]?.replace(/\.ts$/, '') ?? '';
  const own = name.split('/')[0] ?? name;
  if (top !== own && !layer.layers.includes(top)) return `${name} may not import ${top}.`;
  const hidden = HIDDEN[own]?.find((part) => startsWithPath(target, part));
  if (hidden) return `${name} may not import ${hidden}.`;
  const isHeavy = top === 'protocol' && !LIGHT.some((part) => startsWithPath(target, part));
  if (isHeavy && own !== 'protocol' && own !== 'server' && !onlyTypes) {
    return `${name} may import only types of ${target}: pages do without valibot.`;
  }
  const [from, to] = [elementOf(path), elementOf(target)];
  if (from && to && from !== to && !onlyTypes) {
    return `${from} may import only types of ${to}: elements meet by their tags.`;
  }
  return undefined;
}

interface ImportNode {
  readonly source?: { readonly type?: string; readonly value?: unknown } | null;
  readonly importKind?: string;
  readonly exportKind?: string;
}
interface RuleContext {
  readonly filename: string;
  report(problem: { node: ImportNode; message: string }): void;
}

const importDirections = {
  create(context: RuleContext) {
    const file = context.filename.replaceAll('\\', '/');
    const look = (node: ImportNode): void => {
      const specifier = node.source?.value;
      if (typeof specifier !== 'string') return;
      const onlyTypes = node.importKind === 'type' || node.exportKind === 'type';
      const message = findFault(file, specifier, onlyTypes);
      if (message) context.report({ node, message });
    };
    return {
      ImportDeclaration: look,
      ImportExpression: look,
      ExportNamedDeclaration: look,
      ExportAllDeclaration: look,
      TSImportType: look,
    };
  },
};

export default {
  meta: { name: 'meeting' },
  rules: { 'import-directions': importDirections },
};
