import { css } from 'lit';

/**
 * The tokens that everything is drawn with. Pages set the `--meeting-*` ones; the rest follows from
 * them. `light-dark()` is resolved where a token is used, so a dark stage in a light page is no more
 * than `color-scheme: dark`.
 */
export const tokens = css`
  :host {
    --_accent: var(--meeting-accent, light-dark(oklch(0.51 0.19 262), oklch(0.72 0.14 258)));
    --_on-accent: var(
      --meeting-on-accent,
      oklch(from var(--_accent) clamp(0.2, (0.585 - l) * 9999, 1) 0 0)
    );
    --_danger: var(--meeting-danger, light-dark(oklch(0.54 0.2 26), oklch(0.58 0.2 26)));
    --_on-danger: var(
      --meeting-on-danger,
      oklch(from var(--_danger) clamp(0.2, (0.585 - l) * 9999, 1) 0 0)
    );
    --_surface: var(--meeting-surface, light-dark(oklch(0.995 0.001 262), oklch(0.205 0.012 262)));
    --_text: var(--meeting-text, light-dark(oklch(0.23 0.02 262), oklch(0.96 0.005 262)));
    --_stage: var(--meeting-stage, oklch(0.155 0.012 262));
    --_warning: var(--meeting-warning, light-dark(oklch(0.52 0.11 70), oklch(0.82 0.14 80)));
    --_quiet: color-mix(in oklch, var(--_text) 68%, var(--_surface));
    --_line: color-mix(in oklch, var(--_text) 14%, var(--_surface));
    --_edge: color-mix(in oklch, var(--_text) 46%, var(--_surface));
    --_raised: light-dark(var(--_surface), color-mix(in oklch, var(--_text) 7%, var(--_surface)));
    --_fill: color-mix(in oklch, var(--_text) 8%, var(--_surface));
    --_fill-strong: color-mix(in oklch, var(--_text) 15%, var(--_surface));
    --_radius: var(--meeting-radius, 12px);
    --_ease: cubic-bezier(0.2, 0.8, 0.2, 1);
    --_shadow: 0 1px 2px rgb(0 0 0 / 0.1), 0 12px 40px rgb(0 0 0 / 0.22);
    font: 400 14px/1.45 var(--meeting-font, system-ui, -apple-system, 'Segoe UI', sans-serif);
    color: var(--_text);
    -webkit-font-smoothing: antialiased;
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  .icon {
    display: block;
    flex: none;
  }
`;
