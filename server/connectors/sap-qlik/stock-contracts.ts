import type { ContractText } from "../contracts/read-fields.ts";

/** Materials, stock movements and purchase orders. */
export const STOCK_CONTRACTS: Readonly<Record<string, ContractText>> = {
  MARA: {
    title: "SAP materials",
    rowTitle: "Material",
    description: "General data of a material.",
    fields: `
      MANDT | digits 3  | Client                              | identity
      MATNR | text 40   | Material                            | identity
      MTART | text 4    | Material type
      MATKL | text 9    | Material group                      | filter
      MEINS | unit      | Base unit                           | every stock figure
      BRGEW | quantity  | Gross weight                        | weight
      NTGEW | quantity  | Net weight
      GEWEI | unit      | Unit of weight                      | weight
      VOLUM | quantity  | Volume
      VOLEH | unit      | Unit of volume
      TEMPB | text 2    | Temperature conditions
      STOFF | text 18   | Dangerous goods
      LVORM | flag      | Marked for deletion                 | material deleted`,
  },
  MAKT: {
    title: "SAP material names",
    rowTitle: "Material name",
    description: "What a material is called, language by language.",
    fields: `
      MANDT | digits 3  | Client                              | identity
      MATNR | text 40   | Material                            | identity, link to the material
      SPRAS | text 1    | Language                            | identity, English first
      MAKTX | text 40   | Name                                | material's name`,
  },
  MARC: {
    title: "SAP materials by plant",
    rowTitle: "Material at a plant",
    description: "How a material is planned at one plant.",
    fields: `
      MANDT | digits 3  | Client                              | identity
      MATNR | text 40   | Material                            | identity, link to the material
      WERKS | text 4    | Plant                               | identity, site
      EISBE | quantity  | Safety stock                        | stock health
      MINBE | quantity  | Reorder point                       | stock health
      MABST | quantity  | Maximum stock                       | overstock
      PLIFZ | whole     | Planned delivery days               | projection
      WEBAZ | whole     | Goods receipt days
      DISMM | text 2    | Planning type
      DISPO | text 3    | Planner
      BESKZ | text 1    | Procurement type
      LVORM | flag      | Marked for deletion`,
  },
  MARD: {
    title: "SAP stock figures",
    rowTitle: "Stock figure",
    description: "The source's own figure of a material at a storage location, compared with the sum of movements.",
    fields: `
      MANDT | digits 3  | Client                              | identity
      MATNR | text 40   | Material                            | identity
      WERKS | text 4    | Plant                               | identity, site
      LGORT | text 4    | Storage location                    | identity
      LABST | quantity  | Unrestricted                        | compared with the ledger
      INSME | quantity  | In quality inspection               | compared with the ledger
      SPEME | quantity  | Blocked                             | compared with the ledger
      UMLME | quantity  | In transfer                         | compared with the ledger
      EINME | quantity  | Restricted
      RETME | quantity  | Returns blocked`,
  },
  MATDOC: {
    title: "SAP stock movements",
    rowTitle: "Stock movement",
    description: "Lines of material documents. Only those of record type MDOC count; the others would count twice.",
    fields: `
      MANDT | digits 3  | Client                              | identity
      MBLNR | text 10   | Material document                   | identity, ledger
      MJAHR | digits 4  | Year                                | identity
      ZEILE | digits 4  | Line                                | identity
      RECORD_TYPE | text 30 | Record type                     | identity, only MDOC counts
      BWART | text 3    | Movement type                       | ledger
      SHKZG | text 1    | S adds, H takes away                | sign of the quantity
      MATNR | text 40   | Material                            | stock
      MATBF | text 40   | Material whose stock it is          | stock
      WERKS | text 4    | Plant                               | stock, site
      LGORT | text 4    | Storage location                    | stock
      LGORT_SID | text 4 | Storage location of the stock      | stock
      LBBSA_SID | text 2 | Stock type                         | unrestricted, inspection, blocked, in transit
      INSMK | text 1    | Stock type of the entry
      SOBKZ | text 1    | Special stock
      MENGE | quantity  | Quantity in base unit               | stock
      MEINS | unit      | Base unit                           | stock
      STOCK_QTY | quantity | Quantity, signed
      BUDAT | date      | Posting date                        | ledger
      CPUDT | date      | Entered on                          | ledger
      CPUTM | time      | Entered at                          | ledger
      EBELN | text 10   | Purchase order                      | link to the purchase order
      EBELP | digits 5  | Its line                            | link to the purchase order
      KDAUF | text 10   | Sales order                         | link to the order
      AUFNR | text 12   | Production order
      VBELN_IM | text 10 | Delivery                           | link to the delivery
      VBELP_IM | digits 6 | Its line
      SMBLN | text 10   | Document it reverses
      UMWRK | text 4    | Receiving plant
      UMLGO | text 4    | Receiving storage location
      XAUTO | flag      | Made by the system`,
  },
  EKKO: {
    title: "SAP purchase orders",
    rowTitle: "Purchase order",
    description: "Header of a purchase order.",
    fields: `
      MANDT | digits 3  | Client                              | identity
      EBELN | text 10   | Purchase order                      | identity
      BSTYP | text 1    | Category
      BSART | text 4    | Type
      LIFNR | text 10   | Supplier                            | supplier
      RESWK | text 4    | Supplying plant                     | stock transport
      AEDAT | date      | Created on                          | order made
      BEDAT | date      | Date of the order
      WAERS | currency  | Currency                            | value
      FRGKE | text 1    | Release
      LOEKZ | flag      | Deleted                             | purchase order deleted`,
  },
  EKPO: {
    title: "SAP purchase order items",
    rowTitle: "Purchase order item",
    description: "One line of a purchase order.",
    fields: `
      MANDT | digits 3  | Client                              | identity
      EBELN | text 10   | Purchase order                      | identity, link to the purchase order
      EBELP | digits 5  | Line                                | identity
      MATNR | text 40   | Material                            | stock on order
      TXZ01 | text 40   | Description
      WERKS | text 4    | Plant                               | site
      LGORT | text 4    | Storage location
      MENGE | quantity  | Ordered                             | stock on order
      MEINS | unit      | Unit                                | stock on order
      NETPR | amount    | Price                               | value
      PEINH | whole     | Price is for so many
      NETWR | amount    | Net value                           | value
      ELIKZ | flag      | Delivery completed                  | no more will come
      LOEKZ | text 1    | Deleted or blocked                  | line deleted`,
  },
  EKET: {
    title: "SAP purchase order schedule lines",
    rowTitle: "Purchase order schedule line",
    description: "What of a line is to come on which day, and what has come.",
    fields: `
      MANDT | digits 3  | Client                              | identity
      EBELN | text 10   | Purchase order                      | identity, link to the purchase order
      EBELP | digits 5  | Line                                | identity
      ETENR | digits 4  | Schedule line                       | identity
      EINDT | date      | Delivery date                       | projection
      SLFDT | date      | Date for statistics
      MENGE | quantity  | Ordered                             | projection
      WEMNG | quantity  | Received                            | open quantity`,
  },
};
