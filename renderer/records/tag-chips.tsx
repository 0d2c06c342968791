/** A record's tags. */
export const TagChips = ({ tags }: { readonly tags: readonly string[] }) => (
  <ul className="br-chips" aria-label="Tags">
    {tags.map((tag) => (
      <li key={tag} className="br-chip">
        {tag}
      </li>
    ))}
  </ul>
);
