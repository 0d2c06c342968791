const NICE = [1, 2, 3, 4, 5, 6, 8, 10] as const;

/**
 * The end of an axis for values up to `value`: the next round number that has a middle of whole `step`s, so that both can be written on it.
 * 0 stays 0.
 */
export const roundUp = (value: number, step: number): number => {
  if (value <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(value / step));
  const steps = NICE.map((each) => each * power).find((each) => each * step >= value && each % 2 === 0);
  return (steps ?? 2 * Math.ceil(value / step)) * step;
};
