import { IconProvider } from 'js-draw';

const SVG = 'http://www.w3.org/2000/svg';

/** js-draw's own come as markup, which a page with Trusted Types forbids; only these two are shown. */
export class PlainIcons extends IconProvider {
  override makeRotateIcon(): SVGSVGElement {
    return icon('M3 12a9 9 0 1 0 9-9 9.75 9.75 0 0 0-6.74 2.74L3 8M3 3v5h5');
  }

  override makeOverflowIcon(): SVGSVGElement {
    return icon('M5 12h.01M12 12h.01M19 12h.01');
  }
}

function icon(path: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  const line = document.createElementNS(SVG, 'path');
  const look = { d: path, fill: 'none', stroke: 'currentColor', 'stroke-width': '2.5' };
  for (const [name, value] of Object.entries(look)) line.setAttribute(name, value);
  line.setAttribute('stroke-linecap', 'round');
  svg.append(line);
  return svg;
}
