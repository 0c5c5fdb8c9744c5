/** The part of oidc-provider that the simulated agency uses, since the package has no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface Context {
    readonly req: IncomingMessage;
    readonly path: string;
    readonly method: string;
    readonly oidc?: {
      readonly session?: { readonly accountId?: string; readonly state?: { readonly secret?: string } };
      readonly params?: Readonly<Record<string, string | undefined>>;
      readonly result?: object;
    };
    status: number;
    body: unknown;
    redirect(to: string): void;
    get(header: string): string;
    set(header: string, value: string | readonly string[]): void;
  }

  export interface Interaction {
    readonly uid: string;
    readonly params: Readonly<Record<string, unknown>>;
    readonly prompt: { readonly name: string };
  }

  export interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }

  export class Check {
    constructor(reason: string, description: string, check: (ctx: Context) => boolean);
  }

  export const interactionPolicy: {
    readonly Check: typeof Check;
    base(): {
      get(name: string): { readonly checks: { add(check: Check): void } } | undefined;
    };
  };

  export default class Provider {
    constructor(issuer: string, configuration: object);
    readonly Grant: new (of: {
      readonly accountId: string;
      readonly clientId: string;
    }) => Grant;
    use(middleware: (ctx: Context, next: () => Promise<void>) => Promise<void>): void;
    callback(): (incoming: IncomingMessage, outgoing: ServerResponse) => void;
    interactionDetails(incoming: IncomingMessage, outgoing: ServerResponse): Promise<Interaction>;
    interactionFinished(incoming: IncomingMessage, outgoing: ServerResponse, result: object): Promise<void>;
    on(event: string, listener: (ctx: Context, error: Error) => void): void;
  }
}
