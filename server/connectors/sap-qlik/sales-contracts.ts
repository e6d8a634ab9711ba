import type { ContractText } from "../contracts/read-fields.ts";

/** Sales orders, deliveries, shipments and customers. */
export const SALES_CONTRACTS: Readonly<Record<string, ContractText>> = {
  VBAK: {
    title: "SAP sales orders",
    rowTitle: "Sales order",
    description: "Header of a sales order.",
    fields: `
      MANDT | digits 3  | Client                              | identity
      VBELN | text 10   | Order                               | identity
      AUART | text 4    | Order type
      VBTYP | text 4    | Category of the document
      ERDAT | date      | Created on                          | order made
      ERZET | time      | Created at                          | order made
      ERNAM | text 12   | Created by
      AUDAT | date      | Date of the order
      VDATU | date      | Requested delivery date             | requested date, risk
      KUNNR | text 10   | Sold-to party                       | customer
      BSTNK | text 35   | Customer's purchase order           | link to the Salesforce order
      NETWR | amount    | Net value                           | value at stake
      WAERK | currency  | Currency                            | value at stake
      LIFSK | text 2    | Delivery block                      | order on hold
      FAKSK | text 2    | Billing block
      CMGST | status    | Credit check                        | order on hold
      ABSTK | status    | Rejection status                    | order cancelled
      LFGSK | status    | Delivery status
      GBSTK | status    | Overall status                      | order closed
      VSBED | text 2    | Shipping conditions
      UPD_TMSTMP | text 22 | Changed at, UTC`,
  },
  VBAP: {
    title: "SAP sales order items",
    rowTitle: "Sales order item",
    description: "One line of a sales order.",
    fields: `
      MANDT | digits 3  | Client                              | identity
      VBELN | text 10   | Order                               | identity, link to the order
      POSNR | digits 6  | Line                                | identity
      MATNR | text 40   | Material                            | material
      ARKTX | text 40   | Description                         | material's name on the order
      KWMENG | quantity | Ordered                             | ordered quantity
      VRKME | unit      | Sales unit                          | ordered quantity
      KBMENG | quantity | Confirmed                           | confirmed quantity
      WERKS | text 4    | Plant                               | site
      LGORT | text 4    | Storage location
      VSTEL | text 4    | Shipping point
      ROUTE | text 6    | Route
      NETWR | amount    | Net value of the line               | value at stake
      WAERK | currency  | Currency                            | value at stake
      LPRIO | digits 2  | Delivery priority
      ABGRU | text 2    | Rejection reason                    | line cancelled
      UMVKZ | whole     | Conversion to base unit, above
      UMVKN | whole     | Conversion to base unit, below
      MEINS | unit      | Base unit`,
  },
  VBEP: {
    title: "SAP order schedule lines",
    rowTitle: "Schedule line",
    description: "What of a line is wanted and confirmed for which day.",
    fields: `
      MANDT | digits 3  | Client                              | identity
      VBELN | text 10   | Order                               | identity, link to the order
      POSNR | digits 6  | Line                                | identity
      ETENR | digits 4  | Schedule line                       | identity
      EDATU | date      | Day                                 | confirmed date
      WMENG | quantity  | Wanted                              | ordered quantity
      BMENG | quantity  | Confirmed                           | confirmed quantity and date
      VRKME | unit      | Unit
      TDDAT | date      | Transport planning
      MBDAT | date      | Material available
      LDDAT | date      | Loading
      WADAT | date      | Goods issue
      LIFSP | text 2    | Delivery block                      | order on hold`,
  },
  LIKP: {
    title: "SAP deliveries",
    rowTitle: "Delivery",
    description: "Header of a delivery. Goods issue is an update that sets WADAT_IST.",
    fields: `
      MANDT | digits 3  | Client                              | identity
      VBELN | text 10   | Delivery                            | identity
      ERDAT | date      | Created on                          | delivery made
      ERZET | time      | Created at                          | delivery made
      ERNAM | text 12   | Created by
      LFART | text 4    | Delivery type                       | outbound, inbound, transfer or return
      VBTYP | text 4    | Category of the document            | outbound, inbound, transfer or return
      VSTEL | text 4    | Shipping point                      | where the goods leave
      VKORG | text 4    | Sales organisation
      KUNNR | text 10   | Ship-to party                       | destination
      KUNAG | text 10   | Sold-to party
      WADAT | date      | Planned goods issue                 | planned date, risk
      WADAT_IST | date  | Actual goods issue                  | goods issue
      LDDAT | date      | Loading
      TDDAT | date      | Transport planning
      KODAT | date      | Picking
      LFDAT | date      | Delivery date                       | planned delivery
      PODAT | date      | Proof of delivery                   | delivered
      POTIM | time      | Time of proof                       | delivered
      ROUTE | text 6    | Route
      LPRIO | digits 2  | Delivery priority
      BTGEW | quantity  | Total weight
      NTGEW | quantity  | Net weight
      GEWEI | unit      | Unit of weight
      VOLUM | quantity  | Volume
      VOLEH | unit      | Unit of volume
      ANZPK | digits 5  | Packages
      INCO1 | text 3    | Incoterms
      BOLNR | text 35   | Bill of lading                      | search, link to the trip
      TRATY | text 4    | Means of transport
      TRAID | text 20   | Means of transport, its id          | vehicle, where no shipment names one
      KOSTK | status    | Picking                             | picked
      WBSTK | status    | Goods movement
      SPE_LOEKZ | flag  | Marked for deletion                 | delivery deleted`,
  },
  LIPS: {
    title: "SAP delivery items",
    rowTitle: "Delivery item",
    description: "One line of a delivery.",
    fields: `
      MANDT | digits 3  | Client                              | identity
      VBELN | text 10   | Delivery                            | identity, link to the delivery
      POSNR | digits 6  | Line                                | identity
      PSTYV | text 4    | Item category
      ERDAT | date      | Created on
      MATNR | text 40   | Material                            | material
      ARKTX | text 40   | Description
      WERKS | text 4    | Plant                               | where the goods leave
      LGORT | text 4    | Storage location                    | stock
      LFIMG | quantity  | Delivered, sales unit               | delivered quantity
      VRKME | unit      | Sales unit                          | delivered quantity
      LGMNG | quantity  | Delivered, base unit                | stock in transit
      MEINS | unit      | Base unit
      VGBEL | text 10   | Order it comes from                 | link to the order
      VGPOS | digits 6  | Line of that order                  | link to the order line
      KOSTA | status    | Picking
      WBSTA | status    | Goods movement`,
  },
  VTTK: {
    title: "SAP shipments",
    rowTitle: "Shipment",
    description: "Header of a shipment. Dates and times are local, without a zone.",
    fields: `
      MANDT | digits 3  | Client                              | identity
      TKNUM | text 10   | Shipment                            | identity
      SHTYP | text 4    | Shipment type
      TPLST | text 4    | Transport planning point
      VSART | text 2    | Shipping type
      ROUTE | text 6    | Route
      SIGNI | text 20   | Container or vehicle                | vehicle of the trip
      EXTI1 | text 20   | External id
      TDLNR | text 10   | Forwarding agent                    | carrier
      STTRG | text 1    | Overall status                      | shipment closed
      DPREG | date      | Planned check-in
      DAREG | date      | Actual check-in
      DPTBG | date      | Planned start                       | plan of the trip
      UPTBG | time      | Planned start                       | plan of the trip
      DATBG | date      | Actual start
      UATBG | time      | Actual start
      DPTEN | date      | Planned end                         | plan of the trip
      UPTEN | time      | Planned end                         | plan of the trip
      DATEN | date      | Actual end
      UATEN | time      | Actual end
      DISTZ | quantity  | Distance
      MEDST | unit      | Unit of distance`,
  },
  VTTP: {
    title: "SAP shipment items",
    rowTitle: "Shipment item",
    description: "Which deliveries a shipment carries.",
    fields: `
      MANDT | digits 3  | Client                              | identity
      TKNUM | text 10   | Shipment                            | identity, link to the shipment
      TPNUM | digits 4  | Item                                | identity
      VBELN | text 10   | Delivery                            | link to the delivery
      TPRFO | digits 4  | Order of the items
      ERDAT | date      | Created on`,
  },
  VTTS: {
    title: "SAP shipment stages",
    rowTitle: "Shipment stage",
    description: "One leg of a shipment, between two places.",
    fields: `
      MANDT | digits 3  | Client                              | identity
      TKNUM | text 10   | Shipment                            | identity, link to the shipment
      TSNUM | digits 4  | Stage                               | identity
      TSTYP | text 1    | Type of stage
      TSRFO | digits 4  | Order of the stages                 | stops of the trip
      KNOTA | text 10   | From, node                          | stops of the trip
      KNOTZ | text 10   | To, node                            | stops of the trip
      WERKA | text 4    | From, plant                         | stops of the trip
      WERKZ | text 4    | To, plant                           | stops of the trip
      KUNNA | text 10   | From, customer                      | stops of the trip
      KUNNZ | text 10   | To, customer                        | stops of the trip
      DPTBG | date      | Planned start                       | appointments
      UPTBG | time      | Planned start                       | appointments
      DATBG | date      | Actual start                        | planned against actual
      UATBG | time      | Actual start                        | planned against actual
      DPTEN | date      | Planned end                         | appointments
      UPTEN | time      | Planned end                         | appointments
      DATEN | date      | Actual end                          | planned against actual
      UATEN | time      | Actual end                          | planned against actual
      DISTZ | quantity  | Distance                            | estimate of arrival
      MEDST | unit      | Unit of distance`,
  },
  KNA1: {
    title: "SAP customers",
    rowTitle: "Customer",
    description: "General data of a customer.",
    fields: `
      MANDT | digits 3  | Client                              | identity
      KUNNR | text 10   | Customer                            | identity, link to the Salesforce account
      NAME1 | text 35   | Name                                | customer's name
      LAND1 | text 3    | Country
      REGIO | text 3    | Region
      ORT01 | text 35   | City
      PSTLZ | text 10   | Postal code
      STRAS | text 35   | Street
      TELF1 | text 16   | Telephone
      AUFSD | text 2    | Order block                         | order on hold
      LIFSD | text 2    | Delivery block                      | order on hold
      FAKSD | text 2    | Billing block
      LOEVM | flag      | Marked for deletion                 | customer deleted`,
  },
};
