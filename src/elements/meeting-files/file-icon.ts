import type { TemplateResult } from 'lit';
import {
  iconFile,
  iconFileArchive,
  iconFileText,
  iconFilm,
  iconImage,
  iconMusic,
} from '../icons.generated.ts';
import type { Kind } from './meeting-files.model.ts';

const ICONS: Partial<Record<Kind, () => TemplateResult>> = {
  image: iconImage,
  pdf: iconFileText,
  text: iconFileText,
  document: iconFileText,
  audio: iconMusic,
  video: iconFilm,
  archive: iconFileArchive,
};

export const fileIcon = (kind: Kind): TemplateResult => (ICONS[kind] ?? iconFile)();
