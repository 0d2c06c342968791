import { z } from 'zod';
import * as api from '../../../shared/api.ts';
import { procedure, router } from '../trpc.ts';

const Id = z.object({ id: z.string().max(200) });
const openapi = (path: `/${string}`, tag: string, summary: string) => ({
  openapi: { method: 'GET' as const, path, tags: [tag], summary },
});

export const productsRouter = router({
  list: procedure
    .meta(openapi('/products', 'products', 'Search, filter and page through products'))
    .input(api.ProductListInput)
    .output(api.ProductPage)
    .query(({ ctx, input, signal }) => ctx.services.products.list(input, signal)),
  get: procedure
    .input(Id)
    .output(api.ProductDetail)
    .query(({ ctx, input }) => ctx.services.products.get(input.id)),
});

export const ordersRouter = router({
  list: procedure
    .meta(openapi('/orders', 'orders', 'Search, filter and page through orders'))
    .input(api.OrderListInput)
    .output(api.OrderPage)
    .query(({ ctx, input, signal }) => ctx.services.orders.list(input, signal)),
  get: procedure
    .input(Id)
    .output(api.OrderDetail)
    .query(({ ctx, input }) => ctx.services.orders.get(input.id)),
});

export const transactionsRouter = router({
  list: procedure
    .meta(openapi('/transactions', 'transactions', 'Search, filter and page through transactions'))
    .input(api.TransactionListInput)
    .output(api.TransactionPage)
    .query(({ ctx, input, signal }) => ctx.services.transactions.list(input, signal)),
  get: procedure
    .input(Id)
    .output(api.TransactionDetail)
    .query(({ ctx, input }) => ctx.services.transactions.get(input.id)),
});

export const customersRouter = router({
  list: procedure
    .meta(openapi('/customers', 'customers', 'Search, filter and page through customers'))
    .input(api.CustomerListInput)
    .output(api.CustomerPage)
    .query(({ ctx, input, signal }) => ctx.services.customers.list(input, signal)),
  get: procedure
    .input(Id)
    .output(api.CustomerDetail)
    .query(({ ctx, input }) => ctx.services.customers.get(input.id)),
});

export const recordsRouter = router({
  refresh: procedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/records/refresh',
        tags: ['records'],
        summary: 'Fetch one product, order, transaction or customer now, and remove it here when it is gone',
      },
    })
    .input(api.RefreshInput)
    .output(api.RefreshOutput)
    .mutation(({ ctx, input }) => ctx.services.records.refresh(input.id)),
});

/** What is asked across the four resources. */
export const browseRouter = router({
  count: procedure
    .input(api.Selection)
    .output(api.CountOutput)
    .query(({ ctx, input, signal }) => ctx.services.browse.count(input, signal)),
  values: procedure
    .input(api.ValuesInput)
    .output(api.ValuesOutput)
    .query(({ ctx, input, signal }) => ctx.services.browse.values(input, signal)),
  everything: procedure
    .input(api.SearchEverythingInput)
    .output(api.SearchEverythingOutput)
    .query(({ ctx, input, signal }) => ctx.services.browse.everything(input, signal)),
  charts: procedure
    .input(api.ChartInput)
    .output(api.Charts)
    .query(({ ctx, input }) => ctx.services.browse.charts(input)),
  productCharts: procedure
    .input(api.ProductChartInput)
    .output(api.ProductCharts)
    .query(({ ctx, input }) => ctx.services.browse.productCharts(input)),
  customerCharts: procedure
    .input(api.ChartInput)
    .output(api.CustomerCharts)
    .query(({ ctx, input }) => ctx.services.browse.customerCharts(input)),
  transactionCharts: procedure
    .input(api.ChartInput)
    .output(api.TransactionCharts)
    .query(({ ctx, input }) => ctx.services.browse.transactionCharts(input)),
  exports: procedure.output(api.RunningExports).query(({ ctx }) => ctx.services.browse.exports()),
  cache: procedure.output(api.ReadCacheStats).query(({ ctx }) => ctx.services.browse.cache()),
  clearCache: procedure.mutation(({ ctx }) => ctx.services.browse.clearCache()),
  cancelExport: procedure.input(Id).mutation(({ ctx, input }) => ctx.services.browse.cancelExport(input.id)),
});
