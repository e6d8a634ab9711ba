/** What a handler knows of a request beside its fields. */
export type RequestContext = {
  versionNumber: number;
  clientId: string;
  clientHost: string;
  /** Aborted when the connection is gone: nobody is left to wait for. */
  closed: AbortSignal;
};
