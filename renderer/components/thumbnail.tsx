import { useState } from 'react';
import { IconPhoto } from './icons.ts';

/** Shopify's image server scales: a 28 px picture must not be a 2 MB download. */
const scaled = (url: string, size: number): string => {
  if (!url.startsWith('https://cdn.shopify.com/')) return url;
  const address = new URL(url);
  address.searchParams.set('width', String(size * 2));
  return address.href;
};

/** A product picture; decorative, as the title stands beside it. */
export const Thumbnail = ({ url, size }: { readonly url: string | null; readonly size: number }) => {
  const [failed, setFailed] = useState<string | null>(null);
  return url === null || failed === url ? (
    <span className="br-thumb" style={{ width: size, height: size }}>
      <IconPhoto size={Math.min(20, size / 2)} aria-hidden />
    </span>
  ) : (
    <img
      className="br-thumb"
      src={scaled(url, size)}
      alt=""
      style={{ width: size, height: size }}
      loading="lazy"
      decoding="async"
      referrerPolicy="no-referrer"
      onError={() => setFailed(url)}
    />
  );
};
