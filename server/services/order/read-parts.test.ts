import { expect, test } from "vitest";
import { aCase, aCrmOrder, aDelivery, anAccount, anOrder, DELIVERY_ID, ORDER_ID } from "../../domain/order/builders.ts";
import { memoryObjects } from "./memory-objects.ts";
import { createReadParts } from "./read-parts.ts";

const CRM_ID = "salesforce:801A";

const reader = (objects: Parameters<typeof memoryObjects>[0]) =>
  createReadParts({ objects: memoryObjects(objects), tripsOf: () => [], timeZoneOf: () => null });

async function partsOf(objects: Parameters<typeof memoryObjects>[0], id = ORDER_ID) {
  const found = (await reader(objects)([id])).get(id);
  return found && "parts" in found ? found.parts : undefined;
}
async function movedTo(objects: Parameters<typeof memoryObjects>[0], id = CRM_ID) {
  const found = (await reader(objects)([id])).get(id);
  return found && "movedTo" in found ? found.movedTo : null;
}

test("a Salesforce order is the SAP order with its purchase order number, whatever its letters and blanks", async () => {
  const objects = {
    sales_order: [anOrder({ customerReference: "po-4500 " })],
    crm_order: [aCrmOrder({ customerReference: "PO-4500" })],
  };
  expect((await partsOf(objects))?.crmOrders).toHaveLength(1);
  expect(await movedTo(objects)).toBe(ORDER_ID);
});

test("both saying different customers, they are two orders; one saying none, they are one", async () => {
  const of = (customerNumber: string | null) => ({
    ...{ sales_order: [anOrder()], crm_order: [aCrmOrder()] },
    crm_account: [anAccount({ customerNumber })],
  });
  expect(await movedTo(of("1000"))).toBe(ORDER_ID);
  expect(await movedTo(of(null))).toBe(ORDER_ID);
  expect(await movedTo(of("2000"))).toBeNull();
  expect((await partsOf(of("2000"), CRM_ID))?.order).toBeNull();
});

test("entered twice in SAP, a Salesforce order belongs to the first that was not deleted", async () => {
  const twice = [
    anOrder({ isDeleted: true }),
    anOrder({ id: "sap:100:0000012346" }),
    anOrder({ id: "sap:100:0000012347" }),
  ];
  const objects = { sales_order: twice, crm_order: [aCrmOrder()] };
  expect(await movedTo(objects)).toBe("sap:100:0000012346");
  expect((await partsOf(objects, "sap:100:0000012347"))?.crmOrders).toEqual([]);
});

test("an order without a purchase order number is nobody else's", async () => {
  const objects = {
    sales_order: [anOrder({ customerReference: null })],
    crm_order: [aCrmOrder({ customerReference: null })],
  };
  expect(await movedTo(objects)).toBeNull();
});

test("a case belongs to the order it names, and while it is open to those of its account if it names none", async () => {
  const cases = [
    aCase({ id: "salesforce:5001", orderNumber: "12345", isClosed: true }),
    aCase({ id: "salesforce:5002", orderNumber: "99999" }),
    aCase({ id: "salesforce:5003" }),
    aCase({ id: "salesforce:5004", isClosed: true }),
    aCase({ id: "salesforce:5005", isDeleted: true }),
    aCase({ id: "salesforce:5006", accountId: "salesforce:001Z" }),
  ];
  const objects = { sales_order: [anOrder()], crm_account: [anAccount()], crm_case: cases };
  expect((await partsOf(objects))?.cases.map(({ id }) => id)).toEqual(["salesforce:5001", "salesforce:5003"]);
});

test("a number that only goods coming in name is no sales order; one that goods going out name is", async () => {
  const of = (direction: "inbound" | "transfer" | "outbound") => ({
    sales_order: [anOrder({ isStub: true, customerReference: null, customerId: null })],
    delivery: [aDelivery({ direction })],
  });
  expect(await partsOf(of("inbound"))).toBeUndefined();
  expect(await partsOf(of("transfer"))).toBeUndefined();
  expect((await partsOf(of("outbound")))?.deliveries.map(({ id }) => id)).toEqual([DELIVERY_ID]);
});

test("an order depends on all that it was read from, and on who may become part of it", async () => {
  const objects = {
    sales_order: [anOrder()],
    crm_order: [aCrmOrder()],
    delivery: [aDelivery()],
    crm_case: [aCase({ orderNumber: "12345" })],
  };
  expect([...(await reader(objects)([ORDER_ID])).get(ORDER_ID)!.dependsOn].sort()).toEqual([
    "crm_account:salesforce:001A",
    "crm_case:salesforce:500A",
    `crm_order:${CRM_ID}`,
    "customer:number:1000",
    "customer:sap:100:0000001000",
    `delivery:${DELIVERY_ID}`,
    `sales_order:${ORDER_ID}`,
  ]);
});

test("orders read together are each what they are alone", async () => {
  const other = anOrder({ id: "sap:100:0000099999", number: "99999", customerReference: "7", customerId: null });
  const objects = { sales_order: [anOrder(), other], crm_order: [aCrmOrder()], delivery: [aDelivery()] };
  const together = await reader(objects)([ORDER_ID, other.id, CRM_ID, "sap:100:0", "salesforce:none"]);
  expect([...together.keys()]).toEqual([ORDER_ID, other.id, CRM_ID]);
  const alone = (await reader(objects)([other.id])).get(other.id)!;
  expect(JSON.stringify(together.get(other.id))).toBe(JSON.stringify(alone));
});
