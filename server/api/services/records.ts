import type * as api from '../../../shared/api.ts';
import type { In, Out } from '../io.ts';

/** Reads that may take long take a signal: once it is aborted, nobody waits for them. @throws AppError `CANCELLED` */
export interface ProductsApi {
  list(input: In<typeof api.ProductListInput>, signal?: AbortSignal): Out<typeof api.ProductPage>;
  get(id: string): Promise<api.ProductDetail>;
}
export interface OrdersApi {
  list(input: In<typeof api.OrderListInput>, signal?: AbortSignal): Out<typeof api.OrderPage>;
  get(id: string): Promise<api.OrderDetail>;
}
export interface TransactionsApi {
  list(input: In<typeof api.TransactionListInput>, signal?: AbortSignal): Out<typeof api.TransactionPage>;
  get(id: string): Promise<api.TransactionDetail>;
}
export interface CustomersApi {
  list(input: In<typeof api.CustomerListInput>, signal?: AbortSignal): Out<typeof api.CustomerPage>;
  get(id: string): Promise<api.CustomerDetail>;
}
export interface RecordsApi {
  refresh(id: string): Out<typeof api.RefreshOutput>;
}
export interface BrowseApi {
  count(input: api.Selection, signal?: AbortSignal): Out<typeof api.CountOutput>;
  values(input: In<typeof api.ValuesInput>, signal?: AbortSignal): Out<typeof api.ValuesOutput>;
  everything(input: In<typeof api.SearchEverythingInput>, signal?: AbortSignal): Out<typeof api.SearchEverythingOutput>;
  charts(input: In<typeof api.ChartInput>): Promise<api.Charts>;
  productCharts(input: In<typeof api.ProductChartInput>): Promise<api.ProductCharts>;
  customerCharts(input: In<typeof api.ChartInput>): Promise<api.CustomerCharts>;
  transactionCharts(input: In<typeof api.ChartInput>): Promise<api.TransactionCharts>;
  exports(): Out<typeof api.RunningExports>;
  cancelExport(id: string): Promise<void>;
  cache(): Promise<api.ReadCacheStats>;
  clearCache(): Promise<void>;
}
