import type { ErrorCode } from '../../protocol/meeting-error.ts';
import type { Texts } from '../../locales/en.ts';

/** Browsers that hide a site's permissions in different places. */
export type Browser = keyof Texts['help']['denied'];

/** Which of them a user agent is; Chromium's way is the commonest. */
export function browserOf(userAgent: string): Browser {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'ios';
  if (/Android/.test(userAgent)) return 'android';
  if (/Firefox\//.test(userAgent)) return 'firefox';
  if (/Safari\//.test(userAgent) && !/Chrom(e|ium)\//.test(userAgent)) return 'safari';
  return 'chromium';
}

/** What mends a device that does not work, in this browser. */
export function deviceHelp(code: ErrorCode, texts: Texts, browser: Browser): string {
  const device = code.startsWith('microphone') ? texts.devices.microphone : texts.devices.camera;
  if (code.endsWith('-missing')) return texts.help.missing(device);
  if (code.endsWith('-in-use')) return texts.help.inUse(device);
  if (code === 'insecure-page') return texts.help.insecure;
  if (isRuledOut(code.startsWith('microphone') ? 'microphone' : 'camera')) {
    return texts.help.framed(device);
  }
  return texts.help.denied[browser](device);
}

/** Whether the page around this one forbids it; where browsers don't say so, it counts as allowed. */
function isRuledOut(feature: 'camera' | 'microphone'): boolean {
  const { featurePolicy } = document as {
    featurePolicy?: { allowsFeature(name: string): boolean };
  };
  return featurePolicy?.allowsFeature(feature) === false;
}
