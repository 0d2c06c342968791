/** What of people the console gets uncovered: nothing, or their names only. */
export const MASKING = ['everything', 'contacts'] as const;
export type Masking = (typeof MASKING)[number];

/** Stands for what is not shown. */
export const MASK = '•••';

/** Whether a text was masked: such a text must never be stored in the place of what it stands for. */
export const holdsMask = (text: string): boolean => text.includes(MASK);

/** The first sign and the shape, so that rows can be told apart: `a•••@g•••` for an address, `•••21` for a number, `A••• L•••` for a name. */
export const maskText = (value: string): string => {
  const [name, domain] = value.split('@', 2);
  if (name !== undefined && domain !== undefined) return `${name.slice(0, 1)}${MASK}@${domain.slice(0, 1)}${MASK}`;
  if (value !== '' && /^[+\d\s().-]+$/.test(value)) return `${MASK}${value.slice(-2)}`;
  return value
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => `${[...word][0] ?? ''}${MASK}`)
    .join(' ');
};
