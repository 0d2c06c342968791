import { useQuery } from '@tanstack/react-query';
import { trpc } from '../api/trpc.ts';
import { shortShop } from '../lib/format.ts';
import { Choice } from './choice.tsx';

interface Props {
  readonly value: string | undefined;
  readonly onChange: (shop: string | undefined) => void;
}

export const StoreChoice = ({ value, onChange }: Props) => {
  const { data } = useQuery(trpc.stores.list.queryOptions());
  const options = (data?.items ?? []).map(({ shop, name }) => ({ value: shop, label: name, note: shortShop(shop) }));
  return <Choice label="Store" all="all" options={options} value={value} onChange={onChange} />;
};
