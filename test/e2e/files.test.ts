import { readFile } from 'node:fs/promises';
import type { Download, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';
import { Stage } from './harness.ts';
import type { Person } from './person.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.start();
});
afterAll(() => stage.close());

/** What somebody picks. */
interface Picked {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const text = (name: string, content: string): Picked => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(content),
});

/** A PDF of one empty page. */
const PDF = Buffer.from(
  `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R>>
`,
);

async function openFiles({ page }: Person): Promise<void> {
  await page.getByRole('button', { name: 'Files', exact: true }).click();
  await page.getByRole('button', { name: 'Add files' }).waitFor();
}

const pick = ({ page }: Person, ...files: Picked[]): Promise<void> =>
  page.locator('meeting-files input[type=file]').setInputFiles(files);

const row = ({ page }: Person, name: string): Locator =>
  page.locator('meeting-file').filter({ has: page.locator(`[title="${name}"]`) });

/** The next download of somebody's browser: in the page, or in a tab that it opens for it. */
function downloaded({ page }: Person): Promise<Download> {
  return new Promise((resolve) => {
    page.once('download', resolve);
    page.context().on('page', (other) => other.once('download', resolve));
  });
}

/** A picture as a camera would make one. */
async function photo({ page }: Person): Promise<Picked> {
  const base64 = await page.evaluate<string>(`(async () => {
    const canvas = new OffscreenCanvas(1600, 1000);
    const context = canvas.getContext('2d');
    context.fillStyle = '#357';
    context.fillRect(0, 0, 1600, 1000);
    const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
    return btoa(String.fromCharCode(...bytes));
  })()`);
  return { name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from(base64, 'base64') };
}

describe('Somebody adds files', () => {
  it('and the others have them at once, see pictures, view and download them', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera: false });
    const guest = await stage.member(room, 'Gil', { camera: false });
    await Promise.all([openFiles(host), openFiles(guest)]);
    const picture = await photo(guest);
    const pdf = { name: 'plan.pdf', mimeType: 'application/pdf', buffer: PDF };
    await pick(guest, text('notes.txt', 'What was said'), picture, pdf);
    for (const name of ['notes.txt', 'photo.png', 'plan.pdf']) await row(host, name).waitFor();
    await eventually('the page heard of each', async () => {
      return (await host.heard('file-added')).length === 3;
    });

    const download = downloaded(host);
    await row(host, 'notes.txt').getByRole('button', { name: 'Download notes.txt' }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toBe('notes.txt');
    expect(await readFile(await saved.path(), 'utf8')).toBe('What was said');
    // The call goes on.
    expect(host.page.url()).toBe(host.url);
    await host.sees('Gil');

    const small = row(host, 'photo.png').locator('.face img');
    await eventually('the small picture is there', () =>
      small.evaluate((image) => (image as HTMLImageElement).naturalWidth === 320),
    );
    await row(host, 'photo.png').getByRole('button', { name: 'View photo.png' }).click();
    const dialog = host.page.getByRole('dialog', { name: 'photo.png' });
    await eventually('the picture is there', () =>
      dialog
        .locator('.content img')
        .evaluate((image) => (image as HTMLImageElement).naturalWidth === 1_600),
    );
    await host.page.keyboard.press('Escape');
    await row(host, 'plan.pdf').getByRole('button', { name: 'View plan.pdf' }).click();
    const viewer = host.page.getByRole('dialog', { name: 'plan.pdf' }).locator('iframe');
    expect(await viewer.getAttribute('src')).toMatch(/^blob:/);
    await host.page.keyboard.press('Escape');
    await stage.closeAll(host, guest);
  });

  it('who joins later finds them, and a host deletes one for everybody', async () => {
    const room = stage.newRoom();
    const guest = await stage.member(room, 'Gil', { camera: false });
    await openFiles(guest);
    await pick(guest, text('mine.txt', 'mine'), text('other.txt', 'other'));
    await row(guest, 'other.txt').waitFor();
    const host = await stage.host(room, 'Hanna', { camera: false });
    await openFiles(host);
    await row(host, 'mine.txt').getByRole('button', { name: 'Delete mine.txt' }).click();
    const question = host.page.getByRole('alertdialog', { name: 'Delete mine.txt?' });
    await question.getByRole('button', { name: 'Delete' }).click();
    await row(guest, 'mine.txt').waitFor({ state: 'detached' });
    expect(await guest.hears('file-deleted')).toMatchObject({ by: { name: 'Hanna' } });
    await row(guest, 'other.txt').waitFor();
    await stage.closeAll(host, guest);
  });
});

describe('An upload', () => {
  it('goes on by itself after the network was lost', async () => {
    const room = stage.newRoom();
    const guest = await stage.member(room, 'Gil', { camera: false });
    await openFiles(guest);
    const context = guest.page.context();
    const devtools = await context.newCDPSession(guest.page);
    const network = (offline: boolean, uploadThroughput: number) =>
      devtools.send('Network.emulateNetworkConditions', {
        ...{ offline, latency: 0, downloadThroughput: -1 },
        uploadThroughput,
      });
    await network(false, 4_000_000);
    const buffer = Buffer.alloc(20_000_000, 'abcdefg');
    await pick(guest, { name: 'long.bin', mimeType: 'application/octet-stream', buffer });
    const bar = guest.page.getByRole('progressbar', { name: 'Uploading long.bin' });
    const percent = async (): Promise<number> => Number(await bar.getAttribute('aria-valuenow'));
    await eventually('half of it is sent', async () => (await percent()) > 45);
    await network(true, 0);
    await guest.page.getByText('Connection lost. It goes on by itself.').waitFor();
    await network(false, -1);
    await row(guest, 'long.bin').waitFor({ timeout: 60_000 });
    const download = downloaded(guest);
    await row(guest, 'long.bin').getByRole('button', { name: 'Download long.bin' }).click();
    const saved = await readFile(await (await download).path());
    expect(saved.equals(buffer)).toBe(true);
    await stage.closeAll(guest);
  });
});

describe('A removed guest', () => {
  it('abuse 9: has no file any more, by no session and no link of before', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera: false });
    const guest = await stage.member(room, 'Gil', { camera: false });
    await openFiles(host);
    await pick(host, text('secret.txt', 'secret'));
    const { id } = (await guest.hears('file-added'))['file'] as { id: string };
    const opened = (await guest.calls('openFile', id)) as { url: string };
    expect((await fetch(opened.url)).status).toBe(200);
    const { session } = guest.entered;
    await host.remove('Gil');
    await guest.page.getByRole('heading', { name: 'You were removed from the meeting' }).waitFor();
    expect((await fetch(opened.url)).status).toBe(403);
    const base = `${stage.server.url}/rooms/${room}`;
    const headers = { authorization: `Bearer ${session}` };
    const asked = [
      fetch(`${base}/file-list`, { headers }),
      fetch(`${base}/file-preview?id=${id}`, { headers }),
      fetch(`${base}/file-open`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ id }),
      }),
      fetch(`${base}/uploads`, {
        method: 'POST',
        headers: { ...headers, 'tus-resumable': '1.0.0', 'upload-length': '1' },
      }),
    ];
    for (const answer of await Promise.all(asked)) {
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({ code: 'admission-over' });
    }
    expect(await guest.page.locator('meeting-file').count()).toBe(0);
    await stage.closeAll(host, guest);
  });
});

describe('Somebody drops a file into the chat', () => {
  it('and a message brings it to the others, who see that it is gone when it is', async () => {
    const room = stage.newRoom();
    const host = await stage.host(room, 'Hanna', { camera: false });
    const guest = await stage.member(room, 'Gil', { camera: false });
    for (const { page } of [host, guest]) {
      await page.getByRole('button', { name: 'Chat', exact: true }).click();
      await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
    }
    await guest.page.locator('meeting-chat').evaluate((chat) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['What was said'], 'notes.txt', { type: 'text/plain' }));
      const init = { dataTransfer, bubbles: true, composed: true, cancelable: true };
      for (const type of ['dragenter', 'dragover', 'drop']) {
        chat.dispatchEvent(new DragEvent(type, init));
      }
    });
    const message = host.page.locator('meeting-messages article');
    await message.locator('[title="notes.txt"]').waitFor();
    expect(await host.hears('message-received')).toMatchObject({
      message: { text: '', file: { name: 'notes.txt', size: 13 }, by: { name: 'Gil' } },
    });
    const coming = downloaded(host);
    await message.getByRole('button', { name: 'Download notes.txt' }).click();
    expect(await readFile(await (await coming).path(), 'utf8')).toBe('What was said');

    await host.calls('setPresenterMode', true);
    const attach = guest.page.getByRole('button', { name: 'Send files' });
    await eventually('the guest is told why not', async () => {
      return (await attach.getAttribute('aria-description')) === 'Only hosts present now';
    });

    await host.calls('resetRoom', ['whiteboards-and-files']);
    await message.getByText('This file was deleted').waitFor();
    // Also for who loads it anew.
    await guest.page.reload();
    await guest.page.getByRole('button', { name: 'Chat', exact: true }).click();
    await guest.page.getByText('This file was deleted').waitFor();
    await stage.closeAll(host, guest);
  });
});
