package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/mock/keys"
)

func TestMockSeed(t *testing.T) {
	dir := t.TempDir()
	ring, _, err := keys.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "seed.yaml")
	const native = "/v3/pay/transactions/native"
	for text, want := range map[string]string{
		`steps:
- request: {method: POST, path: /v3/pay/transactions/native, account: "1900000001", body: {out_trade_no: coffee-1, amount: {total: 900}}}
- pay: coffee-1
- request: {method: GET, path: "/v3/pay/transactions/out-trade-no/{out_trade_no}", args: {out_trade_no: coffee-1}, query: {mchid: "1900000001"}}
- clock: +3h
- fault: kind=latency,latency=1ms,times=1
`: "",
		"a: b\n": "seed.yaml:1:1: a seed is a list of steps; write " +
			"steps: and below it - request:, - pay: and so on",
		"steps:\n- pey: x\n": "seed.yaml:2:3: a step has one " +
			"key of request, pay, refuse, expire, clock, fault",
		"steps:\n- pay: x\n- x\n":          "seed.yaml:2:3: ",
		"steps:\n- request: {verb: GET}\n": "seed.yaml:2:3: request: ",
		"steps:\n- clock: soon\n": "seed.yaml:2:3: clock: time: " +
			"invalid duration",
		"steps:\n- fault: kind=what\n": "seed.yaml:2:3: ",
		"steps: [\n":                   "seed.yaml:1:9: not YAML: ",
		"steps:\n- request: {method: GET, path: /v3/nothing}\n": "seed.yaml:2:3: ",

		"steps:\n- request: {method: POST, path: " + native +
			", body: {amount: {total: x}}}\n": "seed.yaml:2:3: POST " + native +
			" is refused with 400: ",
	} {
		write(t, file, text)
		e, err := new(mockServer).engine(ring, "127.0.0.1:1", dir)
		if err != nil {
			t.Fatal(err)
		}
		err = plant(e, file, "127.0.0.1:1")
		switch {
		case want == "" && err != nil:
			t.Errorf("%s: %v", text, err)
		case want == "":
			if o := e.Numbered("coffee-1"); o == nil || o.State != "SUCCESS" {
				t.Errorf("coffee-1 is %+v", o)
			}
			if _, ahead := e.Clock(); ahead.Hours() < 3 {
				t.Errorf("the clock is %v ahead", ahead)
			}
		case err == nil || !strings.Contains(err.Error(), want):
			t.Errorf("%s\n got %v\nwant %s", text, err, want)
		}
		e.Close()
	}
}
