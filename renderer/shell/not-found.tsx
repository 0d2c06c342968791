import { Link } from '@tanstack/react-router';
import { EmptyState } from '../components/empty-state.tsx';
import { IconSearch } from '../components/icons.ts';

export const NotFound = () => (
  <EmptyState icon={IconSearch} title="This page does not exist">
    The address may be from another version. <Link to="/">Go to the overview</Link>
  </EmptyState>
);
