/** How a device is plugged in. */
export interface PlugOptions {
  /** The person allowed it in an earlier session. Default: whether it was allowed here before. */
  readonly isPermitted?: boolean;
  /** The browser forgets the permission at unplugging, as it does for USB and HID devices without a serial number. */
  readonly isEphemeral?: boolean;
  /** Another program has it: opening or claiming fails. */
  readonly isBusy?: boolean;
  /** The system's own driver holds it, or the system user may not touch it: opening fails. */
  readonly isRefused?: boolean;
}

interface FakeDevice {
  /** Power on with `true`; with `false` everything under way fails, as when the cable is pulled. */
  setPlugged(isPlugged: boolean, onCut: () => void): void;
}

type Kind = 'connect' | 'disconnect';
type Listener<Device> = (happening: { readonly device: Device; readonly target: Device }) => void;

/** What the three browser APIs have in common: sockets, the person's permission, the chooser, and the two events. */
export abstract class FakeApi<Core extends object, Device extends FakeDevice> {
  /** Which of the offered devices the person clicks on; undefined closes the chooser. Default: the first. */
  chooses: (offered: readonly Core[]) => Core | undefined = ([first]) => first;
  /** Called when the person allows a device: keep it where the browser would, to plug it in as permitted after a reload. */
  onPermitted: (core: Core) => void = () => undefined;
  readonly #plugged = new Map<Core, { readonly device: Device; readonly isEphemeral: boolean }>();
  readonly #permitted = new Set<Core>();
  readonly #listeners = { connect: new Set<Listener<Device>>(), disconnect: new Set<Listener<Device>>() };

  /** Plugs a device in. The browser makes a new object each time, and so does this; the core stays the same. */
  plug(core: Core, options: PlugOptions = {}): Device {
    return this.attach(core, this.make(core, options), options);
  }

  /** Pulls the cable: what is under way fails, and allowed devices tell `disconnect`. */
  unplug(core: Core): void {
    const socket = this.#plugged.get(core);
    if (socket === undefined) return;
    this.#plugged.delete(core);
    socket.device.setPlugged(false, () => undefined);
    this.#tell('disconnect', core, socket.device);
    if (socket.isEphemeral) this.#permitted.delete(core);
  }

  /** What the browser hands out for it now: faults are set there. Undefined while it is not plugged in. */
  deviceOf(core: Core): Device | undefined {
    return this.#plugged.get(core)?.device;
  }

  addEventListener(type: Kind, listener: Listener<Device>): void {
    this.#listeners[type].add(listener);
  }

  removeEventListener(type: Kind, listener: Listener<Device>): void {
    this.#listeners[type].delete(listener);
  }

  protected abstract make(core: Core, options: PlugOptions): Device;

  /** False while the browser tells nobody of arrivals. */
  protected get isAwake(): boolean {
    return true;
  }

  protected attach(core: Core, device: Device, options: PlugOptions): Device {
    this.unplug(core);
    device.setPlugged(true, () => this.unplug(core));
    this.#plugged.set(core, { device, isEphemeral: options.isEphemeral ?? false });
    if (options.isPermitted ?? this.#permitted.has(core)) this.#permitted.add(core);
    this.#tell('connect', core, device);
    return device;
  }

  protected permitted(): Device[] {
    return [...this.#plugged].filter(([core]) => this.#permitted.has(core)).map(([, { device }]) => device);
  }

  /** The chooser: what the person allowed, empty when it was closed. `metal` is the same for interfaces of one device. */
  protected chosen(
    isOffered: (core: Core) => boolean,
    metal: (core: Core) => string | undefined = () => undefined,
  ): Device[] {
    const core = this.chooses([...this.#plugged.keys()].filter(isOffered));
    if (core === undefined) return [];
    const isChosen = (each: Core) =>
      each === core || (metal(each) !== undefined && metal(each) === metal(core));
    const chosen = [...this.#plugged].filter(([each]) => isChosen(each));
    for (const [each] of chosen) {
      this.#permitted.add(each);
      this.onPermitted(each);
    }
    return chosen.map(([, { device }]) => device);
  }

  #tell(type: Kind, core: Core, device: Device): void {
    if (!this.#permitted.has(core) || !this.isAwake) return;
    for (const listener of [...this.#listeners[type]]) listener({ device, target: device });
  }
}
