package gen_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/gen"
)

// found returns the faults of one walk as Validate reports them, without the operation.
func found(walk func(*gen.Required)) string {
	var need gen.Required
	walk(&need)
	err := need.Err("x.Y")
	if err == nil {
		return ""
	}
	return strings.TrimSuffix(strings.TrimPrefix(err.Error(), "wxpay: x.Y: "),
		" (wxpay.WithoutValidation sends it all the same)")
}

type need = *gen.Required

var one, big, half = int64(1), int64(math.MaxInt64), 0.5

// limitFaults are walks through a request, and the faults that Validate reports for each.
var limitFaults = map[string]func(need){
	"a: 33 characters; at most 32": func(n need) {
		n.Chars("a", strings.Repeat("张", 33), 6, 32)
	},
	"a: 5 characters; at least 6": func(n need) { n.Chars("a", "五个字五个", 6, 32) },
	"a: 1 character; at least 6":  func(n need) { n.Chars("a", "x", 6, 32) },
	"a: 129 bytes; at most 128": func(n need) {
		n.Bytes("a", strings.Repeat("张", 43), 0, 128)
	},
	"a: 1 byte; at least 2": func(n need) {
		n.Bytes("a", "x", 2, gen.NoLimit)
	},
	"a: 3 items; at most 2":  func(n need) { n.Items("a", 3, 0, 2) },
	"a: 0 items; at least 1": func(n need) { n.Items("a", 0, 1, gen.NoLimit) },
	"a: 1 item; at least 2":  func(n need) { n.Items("a", 1, 2, 2) },
	"a: a character other than 0-9A-Za-z_*-": func(n need) {
		n.Only("a", "1217#", "0-9A-Za-z_*-")
	},
	"b: a character other than 一-龥":   func(n need) { n.Only("b", "张a", "一-龥") },
	"c: a character other than a-z":   func(n need) { n.Only("c", "a-z", "a-z") },
	"d: a character other than -":     func(n need) { n.Only("d", "a", "-") },
	"e: a character other than a-":    func(n need) { n.Only("e", "\xff", "a-") },
	"a: too small; at least 2":        func(n need) { n.Int("a", &one, 2, gen.NoLimit) },
	"a: too large; at most 0":         func(n need) { n.Int("a", &one, -gen.NoLimit, 0) },
	"a: too small; at least 0.51":     func(n need) { n.Float("a", &half, 0.51, gen.NoLimit) },
	"a: too large; at most 0.4":       func(n need) { n.Float("a", &half, -gen.NoLimit, 0.4) },
	"a or b: one of them is required": func(n need) { n.AnyOf(false, "a", "b") },
	"a, b with c or d: one of them is required": func(n need) {
		n.OneOf(gen.Count(false, false, false), "a", "b,c", "d")
	},
	"a or b: only one of them may be set": func(n need) {
		n.OneOf(gen.Count(true, true), "a", "b")
	},
	"o.l[2].a or o.l[2].b with o.l[2].c: one of them is required; " +
		"o.l[2].d: 2 characters; at most 1": func(n need) {
		n.Enter("o")
		n.Item("l", 2)
		n.Chars("d", "dd", 0, 1)
		n.AnyOf(false, "a", "b,c")
		n.Leave()
		n.Leave()
	},
}

func TestLimits(t *testing.T) {
	for want, walk := range limitFaults {
		if got := found(walk); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestLimitsKept(t *testing.T) {
	if got := found(func(n need) {
		n.AnyOf(true, "a", "b")
		n.OneOf(gen.Count(false, true), "a", "b")
		n.Chars("a", "", 6, 32)
		n.Chars("a", strings.Repeat("张", 32), 32, 32)
		n.Bytes("a", "", 1, 2)
		n.Bytes("a", "张", 3, 3)
		n.Items("a", 2, 2, 2)
		n.Only("a", "", "a-z")
		n.Only("a", "az09_*-", "0-9A-Za-z_*-")
		n.Only("a", "+-./", "+-/")
		n.Int("a", nil, 2, 3)
		n.Int("a", &big, big, gen.NoLimit)
		n.Float("a", nil, 2, 3)
		n.Float("a", new(math.MaxFloat64), 0, gen.NoLimit)
		n.Float("a", new(-math.MaxFloat64), -gen.NoLimit, 0)
	}); got != "" {
		t.Errorf("got %s", got)
	}
}

// TestFaults checks the order of the faults of a request, whatever the order of the walk, and their
// parts.
func TestFaults(t *testing.T) {
	var need gen.Required
	need.Chars("out_refund_no", strings.Repeat("1", 65), 0, 64)
	need.Field("amount", false)
	need.AnyOf(false, "transaction_id", "out_trade_no")
	need.Field("reason", false)
	err := need.Err("refund.CreateRefund")
	const want = "wxpay: refund.CreateRefund: amount, reason: required but not set; " +
		"transaction_id or out_trade_no: one of them is required; " +
		"out_refund_no: 65 characters; at most 64 (wxpay.WithoutValidation sends it all the same)"
	var e *wxpay.InvalidError
	if !errors.As(err, &e) || err.Error() != want || !errors.Is(err, wxpay.ErrBadRequest) {
		t.Fatalf("got  %v\nwant %s", err, want)
	}
	if all := []string{"amount", "reason", "transaction_id", "out_trade_no",
		"out_refund_no"}; !slices.Equal(e.Fields, all) {
		t.Errorf("fields %q", e.Fields)
	}
	var faults []string
	for _, f := range e.Faults {
		faults = append(faults, f.String())
	}
	if want := []string{"amount: required but not set", "reason: required but not set",
		"transaction_id or out_trade_no: one of them is required",
		"out_refund_no: 65 characters; at most 64"}; !slices.Equal(faults, want) {
		t.Errorf("faults %q", faults)
	}
	need = gen.Required{}
	need.Field("a", false)
	need.Field("b", false)
	if errors.As(need.Err("x"), &e); len(e.Faults) != 2 || e.Problem != "required but not set" ||
		!slices.Equal(e.Fields, []string{"a", "b"}) {
		t.Errorf("%+v", e)
	}
}

// TestLimitsDoNotAllocate walks a request that keeps all its limits.
func TestLimitsDoNotAllocate(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() {
		if walkLimits() != nil {
			t.Fail()
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkLimits(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if walkLimits() != nil {
			b.Fail()
		}
	}
}

var someKeys = map[string]bool{"a": true, "b": true}

func walkLimits() error {
	total, rate, no := int64(1), 0.5, "1217752501201407033233368018"
	var need gen.Required
	need.AnyOf(no != "" || total > 1, "transaction_id", "out_trade_no")
	need.OneOf(gen.Count(no != "", total > 1), "a", "b")
	need.Chars("out_trade_no", no, 6, 32)
	need.Bytes("attach", "张三", 0, 128)
	need.Only("out_trade_no", no, "0-9A-Za-z_*-")
	need.Enter("amount")
	need.Int("total", &total, 1, gen.NoLimit)
	need.Float("rate", &rate, 0, 1)
	need.Leave()
	need.Items("goods_detail", 3, 1, 10)
	for k := range someKeys {
		need.Key("labels", k)
		need.Leave()
		need.Leave()
	}
	return need.Err("x.Y")
}

// TestFaultsBelowKeys checks that the faults do not depend on the order of a map's keys.
func TestFaultsBelowKeys(t *testing.T) {
	labels := map[string]string{"a": "11", "b": "22", "c": "33", "d": ""}
	const want = "labels.d: required but not set; labels.a: 2 characters; at most 1; labels.b: 2 " +
		"characters; at most 1; labels.c: 2 characters; at most 1"
	for range 20 {
		if got := found(func(need *gen.Required) {
			for k, v := range labels {
				need.Key("labels", k)
				need.Field("", v != "")
				need.Chars("", v, 1, 1)
				need.Leave()
				need.Leave()
			}
		}); got != want {
			t.Fatalf("got  %s\nwant %s", got, want)
		}
	}
}
