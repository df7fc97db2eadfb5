import { serve } from './serve.ts';

declare const self: DedicatedWorkerGlobalScope;

serve(self);
