/** A grey bar in the place of text that is on its way. */
export const Bar = ({ width }: { readonly width: string }) => <span className="br-bar" style={{ width }} aria-hidden />;

export const SkeletonLines = ({ count, label }: { readonly count: number; readonly label: string }) => (
  <div className="br-skeleton-lines" role="status" data-testid="loading">
    <span className="br-visually-hidden">{label}</span>
    {Array.from({ length: count }, (_, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the bars are alike and never move
      <Bar key={index} width={`${60 + ((index * 37) % 40)}%`} />
    ))}
  </div>
);
