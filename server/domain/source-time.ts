const SAP_LOAD = /^0{16}(\d{19})$/;
const SAP_CHANGE = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\d{19}$/;
const SALESFORCE_COMMIT = /^(\d{15})\./;

/**
 * The source's own time in a position, milliseconds: of SAP the change sequence (`YYYYMMDDHHmmSShh` and a counter; rows
 * of a full load say when they were loaded), of Salesforce the commit. `null` where a position holds no time.
 */
export function sourceTimeMs(system: string, position: string): number | null {
  if (system === "sap") return sapTimeMs(position);
  if (system === "salesforce") {
    const commit = SALESFORCE_COMMIT.exec(position);
    return commit ? Number(commit[1]) : null;
  }
  return null;
}

function sapTimeMs(position: string): number | null {
  const load = SAP_LOAD.exec(position);
  if (load) return Number(load[1]);
  const change = SAP_CHANGE.exec(position);
  if (!change) return null;
  const [year, month, day, hours, minutes, seconds, hundredths] = change.slice(1).map(Number);
  if (month! < 1 || month! > 12 || day! < 1 || day! > 31) return null;
  return Date.UTC(year!, month! - 1, day!, hours!, minutes!, seconds!, hundredths! * 10);
}
