import { Fact, Facts } from '../../components/facts.tsx';
import type { TypedEvent, TypedLine } from './typed-event.ts';

/** What an event says, part by part. */
export const TypedView = ({ event }: { readonly event: TypedEvent }) => (
  <>
    {event.lines.length > 0 && <Lines lines={event.lines} />}
    {event.groups.map(({ title, facts }) => (
      <div key={title}>
        <h3 className="br-pixel-part">{title}</h3>
        <Facts>
          {facts.map(({ name, value }) => (
            <Fact key={name} name={name}>
              {value}
            </Fact>
          ))}
        </Facts>
      </div>
    ))}
  </>
);

const Lines = ({ lines }: { readonly lines: readonly TypedLine[] }) => (
  <table className="br-table" data-testid="event-lines">
    <thead>
      <tr>
        <th scope="col">Product</th>
        <th scope="col" data-align="end">
          Quantity
        </th>
        <th scope="col" data-align="end">
          Price
        </th>
      </tr>
    </thead>
    <tbody>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same product may stand there twice, and the list never changes
        <tr key={index}>
          <th scope="row">
            {line.title}
            <span className="br-dim">
              {[line.variant, line.sku]
                .filter((part) => part !== '')
                .map((part) => ` · ${part}`)
                .join('')}
            </span>
          </th>
          <td data-align="end" className="br-num">
            {line.quantity || '–'}
          </td>
          <td data-align="end" className="br-num">
            {line.price || '–'}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
