import type { ObjectStore } from '../storage/objects/store.ts';

/** A store of which some methods do something more, or something else. */
export const storeWith = (store: ObjectStore, methods: Partial<ObjectStore>): ObjectStore =>
  new Proxy(store, {
    get(target, name) {
      if (name in methods) return Reflect.get(methods, name);
      const own: unknown = Reflect.get(target, name, target);
      return typeof own === 'function' ? own.bind(target) : own;
    },
  });
