import { currentTrace, runInTrace } from './trace.ts';
import { traceparentOfXray } from './xray.ts';

test('the current trace is kept across awaits', async () => {
  const later = async () => {
    await new Promise(setImmediate);
    return currentTrace().traceparent;
  };
  const both = ['00-a', '00-b'].map((traceparent) => runInTrace(traceparent, later));
  expect(await Promise.all(both)).toEqual(['00-a', '00-b']);
  expect(currentTrace()).toEqual({});
});

test.each([
  [
    'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
    '00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01',
  ],
  [
    'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0;Lineage=1:a:0',
    '00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-00',
  ],
  ['Root=1-5759e988-bd862e3fe1be46a994272793', undefined],
  ['', undefined],
  [undefined, undefined],
])('the X-Ray header %s is converted to a traceparent', (header, traceparent) => {
  expect(traceparentOfXray(header)).toBe(traceparent);
});
