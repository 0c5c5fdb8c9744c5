import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';

const KEPT = new URL('./machine.json', import.meta.url);

/**
 * Returns a short hash of how this machine draws letters and form fields. Machines with the same hash draw a page
 * alike. It covers the pixels of a few words in the pictures' scripts, and the sizes of native form fields.
 */
export function drawingOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 480, height: 160 });
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    if (!pen) return 'none';
    const { fontFamily } = getComputedStyle(document.documentElement);
    for (const [index, style] of ['400 16px', '700 26px', '600 15px'].entries()) {
      pen.font = `${style} ${fontFamily}`;
      pen.fillText('Hoe staat het met mijn aanvraag? 0123', 4, 30 + index * 50);
      pen.fillText('إلى أين وصل طلبي؟', 4, 50 + index * 50);
    }
    const box = document.createElement('div');
    // Built part by part, as the pages' policy allows no HTML from text.
    const add = (parent: Element, name: string, text = '') => {
      const part = parent.appendChild(document.createElement(name));
      part.textContent = text;
      return part;
    };
    const label = add(box, 'label', 'Kies ');
    add(label, 'input');
    add(add(label, 'select'), 'option', 'Hoelang');
    add(label, 'input').setAttribute('type', 'checkbox');
    add(add(box, 'details'), 'summary', 'عرض');
    document.body.append(box);
    const sizes = [...box.querySelectorAll('*')].map((part) => {
      const { width, height } = part.getBoundingClientRect();
      return `${width.toFixed(2)}x${height.toFixed(2)}`;
    });
    box.remove();
    let sum = 0x811c9dc5;
    const take = (byte: number) => {
      sum = Math.imul(sum ^ byte, 0x01000193) >>> 0;
    };
    for (const byte of pen.getImageData(0, 0, canvas.width, canvas.height).data) take(byte);
    for (const letter of sizes.join()) take(letter.charCodeAt(0));
    return sum.toString(16);
  });
}

/** The hash of the machine that made the committed pictures; null before there are any. */
export const keptDrawing = (): string | null =>
  existsSync(KEPT) ? JSON.parse(readFileSync(KEPT, 'utf8')).drawing : null;

export const keepDrawing = (drawing: string): void => writeFileSync(KEPT, `${JSON.stringify({ drawing }, null, 2)}\n`);
