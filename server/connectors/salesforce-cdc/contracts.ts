import type { Contract } from "../../contracts/contract.ts";
import { type ContractText, writeContract } from "../contracts/read-fields.ts";

/** The objects that the tower makes something of. Events of other objects are kept as images. */
const OBJECTS: Readonly<Record<string, ContractText>> = {
  Order: {
    title: "Salesforce orders",
    rowTitle: "Salesforce order",
    description: "What was promised to the customer. Events carry only what changed.",
    fields: `
      OrderNumber   | text 30  | Number                        | search
      AccountId     | id       | Account                       | customer
      PoNumber      | text 80  | Customer's purchase order     | link to the SAP order
      PoDate        | day      | Date of the purchase order
      Status        | text 40  | Status                        | draft, activated
      StatusCode    | text 40  | Category of the status
      EffectiveDate | day      | Start                         | promised date
      EndDate       | day      | End                           | promised date
      TotalAmount   | decimal  | Amount                        | value, compared with SAP
      CurrencyIsoCode | currency | Currency                    | value, compared with SAP
      Type          | text 40  | Type
      ShippingAddress | address | Ship to                      | compared with SAP
      ShipToContactId | id     | Contact
      OwnerId       | id       | Owner
      CreatedDate   | instant  | Created                       | order promised
      LastModifiedDate | instant | Changed`,
  },
  OrderItem: {
    title: "Salesforce order items",
    rowTitle: "Salesforce order item",
    description: "One line of a Salesforce order.",
    fields: `
      OrderId       | id       | Order                         | link to the order
      OrderItemNumber | text 30 | Number
      Product2Id    | id       | Product
      Quantity      | decimal  | Quantity                      | compared with SAP
      UnitPrice     | decimal  | Price of one
      TotalPrice    | decimal  | Price                         | compared with SAP
      ServiceDate   | day      | Start                         | promised date
      EndDate       | day      | End
      Description   | text 255 | Description
      LastModifiedDate | instant | Changed`,
  },
  Account: {
    title: "Salesforce accounts",
    rowTitle: "Account",
    description: "A customer as sales knows it.",
    fields: `
      Name          | text 255 | Name                          | customer's name
      AccountNumber | text 40  | Number                        | link to the SAP customer
      Type          | text 40  | Type
      Industry      | text 40  | Industry
      Rating        | text 40  | Rating
      Phone         | text 40  | Telephone
      ParentId      | id       | Parent account
      BillingAddress | address | Bill to
      ShippingAddress | address | Ship to
      LastModifiedDate | instant | Changed`,
  },
  Case: {
    title: "Salesforce cases",
    rowTitle: "Case",
    description: "A complaint or a question of a customer.",
    fields: `
      CaseNumber    | text 30  | Number                        | search
      AccountId     | id       | Account                       | customer
      ContactId     | id       | Contact
      Status        | text 40  | Status                        | open cases of an order
      Priority      | text 40  | Priority                      | open cases of an order
      Origin        | text 40  | Origin
      Subject       | text 255 | Subject                       | open cases of an order
      Description   | text 32000 | Description
      IsEscalated   | boolean  | Escalated
      ClosedDate    | instant  | Closed                        | open cases of an order
      LastModifiedDate | instant | Changed`,
  },
};

export const SALESFORCE_CONTRACTS: readonly Contract[] = Object.entries(OBJECTS).map(([object, text]) =>
  writeContract(
    {
      name: `salesforce.${object}`,
      connector: "salesforce-cdc",
      system: "salesforce",
      entity: object,
      topic: `salesforce.${object}ChangeEvent`,
      // The record's id stands in the header of the event, not among its fields.
      key: [],
    },
    text,
  ),
);
