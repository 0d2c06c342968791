import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';

const bundle = readFileSync(join(import.meta.dirname, '../../dist/extensions/web-pixel.js'), 'utf8');

export interface PixelSettings {
  readonly accountID: string;
  readonly endpoint: string;
}
/** As Shopify hands it to a pixel; null: nothing is said about the shopper's privacy. */
export type Privacy = Readonly<Record<string, boolean>> | null;

/** Runs in the worker before the bundle: Shopify's side of it, told by messages what happens on the page. */
const standIn = (settings: PixelSettings, privacy: Privacy): string => `
  const listeners = {};
  const subscribe = (name, listener) => { (listeners[name] ??= []).push(listener); return () => true; };
  const tell = (name, value) => { for (const listener of listeners[name] ?? []) listener(value); };
  self.addEventListener('error', (event) => postMessage({ problem: String(event.message) }));
  self.addEventListener('unhandledrejection', (event) => postMessage({ problem: String(event.reason) }));
  self.shopify = { extend: (point, start) => start({
    settings: ${JSON.stringify(settings)},
    analytics: { subscribe },
    customerPrivacy: { subscribe },
    init: { customerPrivacy: ${privacy === null ? 'undefined' : JSON.stringify(privacy)} },
  }) };
  self.addEventListener('message', ({ data }) => {
    let slowest = 0;
    for (const event of data.publish ?? []) {
      const started = performance.now();
      tell('all_standard_events', event);
      slowest = Math.max(slowest, performance.now() - started);
    }
    if (data.privacy) tell('visitorConsentCollected', { customerPrivacy: data.privacy });
    if (data.hide) self.dispatchEvent(new Event('pagehide'));
    postMessage({ done: data.serial, slowest, origin: self.origin });
  });
`;

/** What happens on a shopper's page. */
interface Happening {
  readonly publish?: readonly unknown[];
  readonly privacy?: Privacy;
  /** The page goes away. */
  readonly hide?: boolean;
}
/** How long the pixel kept the page waiting with one event, in ms at most, and the origin it runs in. */
export interface Told {
  readonly slowest: number;
  readonly origin: string;
}
export interface ShopperPage {
  /** Resolves when the pixel was told. */
  tell(what: Happening): Promise<Told>;
  /** The page hides and is gone at once, with everything that ran in it. */
  leave(): Promise<void>;
}

interface Seen extends Partial<Told> {
  readonly frame: string;
  readonly done?: number;
  readonly problem?: string;
}

/** A page of a browser in which many shoppers' pages run, each with the built extension in a worker of its own, in a sandboxed frame of its own. */
export const createSandbox = async (page: Page, address: string) => {
  await page.goto(address);
  await page.evaluate(() => {
    const seen: unknown[] = [];
    Object.assign(window, { seen });
    addEventListener('message', ({ data }) => seen.push(data));
  });
  const seenBy = (frame: string): Promise<Seen[]> =>
    page.evaluate((name) => (window as unknown as { seen: Seen[] }).seen.filter((each) => each.frame === name), frame);
  let frames = 0;
  let serial = 0;

  return {
    open: async (settings: PixelSettings, privacy: Privacy): Promise<ShopperPage> => {
      frames += 1;
      const name = `shopper-${frames}`;
      await page.evaluate(
        ({ code, id }) => {
          const frame = document.createElement('iframe');
          // No allow-same-origin: what runs in it has an opaque origin, and so has its worker.
          frame.setAttribute('sandbox', 'allow-scripts');
          frame.id = id;
          frame.srcdoc = `<script>
          const worker = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(code).replaceAll('<', '\\u003c')}])));
          const tellPage = (data) => parent.postMessage({ frame: '${id}', ...data }, '*');
          worker.onmessage = ({ data }) => tellPage(data);
          worker.onerror = (event) => tellPage({ problem: event.message });
          addEventListener('message', ({ data }) => worker.postMessage(data));
        </script>`;
          const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
          document.body.append(frame);
          return loaded;
        },
        { code: `${standIn(settings, privacy)}\n${bundle}`, id: name },
      );
      const tell = async (what: Happening): Promise<Told> => {
        serial += 1;
        const message = { ...what, serial };
        await page.evaluate(
          ({ id, data }) => document.querySelector<HTMLIFrameElement>(`#${id}`)?.contentWindow?.postMessage(data, '*'),
          { id: name, data: message },
        );
        const answer = async (): Promise<Seen | undefined> =>
          (await seenBy(name)).find(({ done }) => done === message.serial);
        await expect.poll(answer).toBeDefined();
        const { slowest = Number.POSITIVE_INFINITY, origin = '' } = (await answer()) ?? {};
        return { slowest, origin };
      };
      return {
        tell,
        leave: async () => {
          await tell({ hide: true });
          await page.evaluate((id) => document.querySelector(`#${id}`)?.remove(), name);
        },
      };
    },
    /** What went wrong in any of them. */
    problems: (): Promise<string[]> =>
      page.evaluate(() =>
        (window as unknown as { seen: Seen[] }).seen.flatMap(({ problem }) => (problem === undefined ? [] : [problem])),
      ),
  };
};
