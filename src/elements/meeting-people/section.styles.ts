import { css } from 'lit';

/** Headings, lines and small controls of the panel's sections. */
export const section = css`
  :host {
    display: block;
  }

  section {
    display: grid;
    gap: 12px;
    padding: 16px 20px;
  }

  section + section {
    border-block-start: 1px solid var(--_line);
  }

  h3 {
    margin: 0;
    font-size: 14px;
    font-weight: 600;
    line-height: 1.4;
  }

  p {
    margin: 0;
  }

  .hint {
    color: var(--_quiet);
    font-size: 13px;
    line-height: 1.4;
    overflow-wrap: anywhere;
  }

  .head {
    display: grid;
    gap: 2px;
  }

  .small {
    min-block-size: 36px;
    padding: 6px 14px;
    border-radius: 9px;
    font-size: 13px;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }

  .problem {
    color: light-dark(var(--_danger), color-mix(in oklch, var(--_danger) 62%, white));
    font-size: 13px;
  }

  @media (pointer: coarse) {
    .small {
      min-block-size: 44px;
    }
  }
`;
