import type { Sandbox } from '../../sandbox/start-sandbox.ts';
import type { StoredValueWorld } from '../acquirers/stored-value/adapter.ts';
import { StoredValue } from '../acquirers/stored-value/stored-value.ts';
import { ConfigError, type PaymentSettings } from '../config.ts';
import { type Configured, type ConfiguredAcquirer, readConfigured } from './configuration.ts';
import { type DemoWorld, openDemo } from './demo.ts';
import { type AdapterWorld, CHANNELS } from './makers.ts';
import { notifyUrlOf } from './notify-url.ts';
import { type Maker, Registry } from './registry.ts';

export interface OpenPayments {
  readonly registry: Registry;
  /** One plain line for the person who started the server. */
  readonly sentence: string;
  /** The sandbox hosts, in demo mode only. Starts them. */
  readonly sandbox?: () => Promise<Sandbox>;
  /** Ends the sandbox hosts, if this started them. */
  stop(): Promise<void>;
}

/**
 * The acquirers as configured; the sandbox hosts when there are none and demo mode is on. The shop's own cards are beside them
 * in any case. Throws ConfigError.
 */
export function openPayments(settings: PaymentSettings | undefined, world: DemoWorld): OpenPayments {
  const configured = settings === undefined ? undefined : readConfigured(settings);
  if (settings !== undefined && configured !== undefined)
    return { ...fromKeys(configured, settings, world), stop: async () => undefined };
  if (settings?.demo !== true)
    return {
      registry: new Registry([ownCards(world, false)]),
      sentence: "Payments: cash and the shop's own cards only, no acquirer is configured.",
      stop: async () => undefined,
    };
  const { sandboxAdminPort: adminPort } = settings;
  const demo = openDemo({ ...world, ...(adminPort === undefined ? {} : { adminPort }) });
  return {
    registry: new Registry([...demo.makers, ownCards(world, true)], { demo: true }),
    sentence: 'Payments: DEMO. Sandbox hosts on this machine answer, and no real money moves.',
    sandbox: demo.sandbox,
    stop: demo.stop,
  };
}

/** The shop's own cards, for every shop of this server. */
export function ownCards(world: StoredValueWorld, isDemo: boolean): Maker {
  const storedValue = new StoredValue(world, isDemo);
  return { make: (merchant) => storedValue.acquirerOf(merchant) };
}

function fromKeys(
  configured: Configured,
  settings: PaymentSettings,
  world: AdapterWorld,
): Pick<OpenPayments, 'registry' | 'sentence'> {
  const publicUrl = settings.publicUrl ?? configured.publicUrl;
  const makers = [
    ...configured.acquirers.map((each) => makerOf(each, publicUrl, world)),
    ownCards(world, false),
  ];
  const { codeTable } = configured;
  const names = [...new Set(configured.acquirers.map(({ id }) => id))].join(', ');
  return {
    registry: new Registry(makers, codeTable === undefined ? {} : { codeTable }),
    sentence: `Payments: ${names}. Real money moves.`,
  };
}

function makerOf(entry: ConfiguredAcquirer, publicUrl: string | undefined, world: AdapterWorld): Maker {
  const { id, merchant, config } = entry;
  const channel = CHANNELS[id];
  if (channel === undefined) throw new ConfigError(`There is no acquirer ${id}.`);
  if (channel.takesNotifyUrl && config['notifyUrl'] === undefined && publicUrl === undefined)
    throw new ConfigError(
      `The acquirer ${id} needs PUBLIC_URL: where it reaches this server from the internet.`,
    );
  const full = (shop: string): Record<string, unknown> =>
    channel.takesNotifyUrl && config['notifyUrl'] === undefined && publicUrl !== undefined
      ? { ...config, notifyUrl: notifyUrlOf(publicUrl, id, shop) }
      : config;
  const { problem } = channel.check(full('m-0000000000'));
  if (problem !== undefined)
    throw new ConfigError(`The acquirer ${id}: ${problem} is missing or not as it should be.`);
  return {
    ...(merchant === undefined ? {} : { merchant }),
    make: (shop) => channel.create(full(shop), world, shop),
  };
}
