import { queryOptions } from '@tanstack/react-query';

/** Whether there is a headset that shows what surrounds its wearer (WebXR); browsers tell over https only. */
export const vrQuery = queryOptions({
  queryKey: ['webxr', 'immersive-vr'],
  queryFn: async () => {
    try {
      return (await navigator.xr?.isSessionSupported('immersive-vr')) ?? false;
    } catch {
      return false; // the page that we are embedded in does not allow it
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
});
