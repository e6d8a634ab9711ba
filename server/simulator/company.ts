import { createBooks } from "./documents/books.ts";
import type { Delivery } from "./documents/delivery.ts";
import { createLoads } from "./documents/loads.ts";
import { createNumberRange } from "./documents/number-range.ts";
import { createPaperwork, type Schedule } from "./documents/paperwork.ts";
import { Registry } from "./documents/registry.ts";
import { createSalesforceLog } from "./documents/salesforce-log.ts";
import { createSapLog } from "./documents/sap-log.ts";
import { createUnderWay } from "./documents/under-way.ts";
import { createClosing } from "./earlier/close-earlier.ts";
import { openingClock } from "./opening-pace.ts";
import { type Case, createCustomerLife } from "./orders/customer-life.ts";
import { createCustomers, plantPartners } from "./orders/customers.ts";
import { createOrderBook } from "./orders/order-book.ts";
import type { PurchaseOrder } from "./orders/purchase-order.ts";
import { createSalesDesk } from "./orders/sales-desk.ts";
import type { Send } from "./outgoing.ts";
import { createRandom } from "./random.ts";
import type { SimulatedSite } from "./sites.ts";
import { createLedger } from "./stock/ledger.ts";
import { createMasterData } from "./stock/master-data.ts";
import { createMaterials } from "./stock/materials.ts";
import { createOpening } from "./stock/opening.ts";
import { createAssortment } from "./stock/positions.ts";
import { createReplenishment } from "./stock/replenish.ts";
import { createStockLife } from "./stock/stock-life.ts";
import { createBusinessTruth } from "./truth/business-truth.ts";
import { FenceTruth } from "./truth/fence-truth.ts";

const SALES_ORDERS_FROM = 5_000_000_000;
const PURCHASE_ORDERS_FROM = 7_500_000_000;
/** Streams of chance beside those of the vehicles and of the troubles. */
const STREAMS = { materials: 1, positions: 2, orders: 3, opening: 4, supply: 5, stock: 6, master: 7, customers: 8 };
const FIRST_STREAM = 1_100_000_000;
const SECOND_MS = 1000;
/** The orders that wait for a truck are told after those that are on one. */
const WAITING_TOLD_MS = { from: 30 * SECOND_MS, to: 75 * SECOND_MS };

/**
 * The made-up company behind the trucks: what it keeps, sells, buys and moves, and the books of it in SAP and Salesforce.
 * Each part draws from a stream of its own.
 */
export function createCompany(deps: {
  seed: number;
  startMs: number;
  vehicles: number;
  sites: readonly SimulatedSite[];
  send: Send;
  /** Without the troubles that may befall a record. */
  sendPlain: Send;
  schedule: Schedule;
}) {
  const { seed, startMs, vehicles, sites, send, schedule } = deps;
  const chance = (name: keyof typeof STREAMS) => createRandom(seed, FIRST_STREAM + STREAMS[name]);
  let order = 0;
  const nextOrder = () => ++order;
  const [sap, salesforce] = [createSapLog(nextOrder), createSalesforceLog(nextOrder)];
  const books = createBooks({ send, sap, salesforce });
  const desk = createSalesDesk({ books });
  const ledger = createLedger({ books });
  const materials = createMaterials(vehicles, chance("materials"));
  const assortment = createAssortment({ vehicles, materials, sites, random: chance("positions") });
  const customers = createCustomers(sites);
  const purchases = new Registry<PurchaseOrder>();
  const cases = new Registry<Case>();
  const fences = new FenceTruth(vehicles);
  const deliveries = new Registry<Delivery>((number) => fences.forget(number));
  const takePurchaseNumber = createNumberRange(PURCHASE_ORDERS_FROM);

  const openingAt = openingClock(deps);
  const shared = { startMs, openingAt, vehicles, schedule, books, assortment, ledger };
  const orderBook = createOrderBook({
    ...shared,
    sites,
    customers,
    desk,
    random: chance("orders"),
    takeNumber: createNumberRange(SALES_ORDERS_FROM),
  });
  const loads = createLoads({ orderBook, assortment, ledger, deliveries, purchases, takePurchaseNumber });
  const paperwork = createPaperwork({ send, schedule, books, desk, orderBook, loads, ledger, fences });
  const underWay = createUnderWay({ ...shared, desk, orderBook, loads, fences });
  const openStock = createOpening({ ...shared, random: chance("opening") });
  const supply = createReplenishment({
    ...shared,
    purchases,
    random: chance("supply"),
    takeNumber: takePurchaseNumber,
  });
  const stockLife = createStockLife({ ...shared, random: chance("stock") });
  const masterData = createMasterData({ ...shared, random: chance("master") });
  const { orders } = orderBook;
  const partners = plantPartners(sites);
  const customerLife = createCustomerLife({
    ...shared,
    customers,
    partners,
    orders,
    cases,
    random: chance("customers"),
  });

  return {
    underWay,
    paperwork,
    fences,
    closeEarlier: createClosing({ schedule, sap, salesforce, send: deps.sendPlain, takeDocument: ledger.takeDocument }),
    truth: createBusinessTruth({ ledger, assortment, customers, orders, deliveries, purchases, cases, fences }),
    /** After the fleet is made, whose papers are among those of the beginning. */
    begin(): void {
      customerLife.begin();
      masterData.begin();
      openStock();
      orderBook.open(openingAt(WAITING_TOLD_MS.from), openingAt(WAITING_TOLD_MS.to));
      supply.begin();
      stockLife.begin();
    },
  };
}
