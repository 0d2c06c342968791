import type { PixelFunnel } from '../../../shared/api.ts';

/** A cell as spreadsheets read it; a formula in a product's name stays text. */
const cell = (value: string | number): string => {
  const text = typeof value === 'string' && /^[=+\-@\t]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export const funnelCsv = (funnel: PixelFunnel): string =>
  [
    ['from', 'sessions', 'viewed', 'added_to_cart', 'started_checkout', 'paid'],
    ...funnel.series.map((point) => [point.at, point.sessions, point.viewed, point.added, point.started, point.paid]),
    [],
    ['list', 'name', 'seen', 'added_to_cart', 'paid'],
    ...(['products', 'searches', 'sources'] as const).flatMap((list) =>
      funnel[list].map((row) => [list, row.label, row.seen, row.added, row.paid]),
    ),
  ]
    .map((row) => row.map(cell).join(','))
    .join('\r\n');

export const downloadText = (fileName: string, text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
};
