/** How each panel is fetched when it is first opened; what it is stands in the elements' PANELS. */
export const PANEL_LOADERS: Readonly<Record<string, () => Promise<unknown>>> = {
  files: () => import('./meeting-files.ts'),
  whiteboard: () => import('./meeting-whiteboard.ts'),
  chat: () => import('./meeting-chat.ts'),
  people: () => import('./meeting-people.ts'),
  settings: () => import('./room-settings.ts'),
};
