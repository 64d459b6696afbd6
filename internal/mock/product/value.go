package product

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/wxgen/wxgen/internal/mock/clock"
	"github.com/wxgen/wxgen/internal/mock/memory"
)

// unique makes a number of the platform: a prefix, the day, and a serial.
func (p *Products) unique(prefix string, o *memory.Object, length int) string {
	serial := strconv.FormatInt(p.Store.Next()+o.Serial, 10)
	text := prefix + o.Created.Format("20060102")
	for len(text)+len(serial) < length {
		text += "0"
	}
	return text + serial
}

func integer(n int64) json.Number { return json.Number(strconv.FormatInt(n, 10)) }

// moment writes a time in the API's form.
func moment(t time.Time) string { return t.In(clock.China).Format(time.RFC3339) }

func text(doc map[string]any, path string) string {
	s, _ := memory.At(doc, path).(string)
	return s
}

// Number is the number of an object that people know.
func Number(o *memory.Object) string {
	for _, name := range []string{
		"out_trade_no", "combine_out_trade_no", "out_refund_no", "out_order_no", "out_return_no",
		"out_bill_no", "out_batch_no", "out_contract_code",
		"authorization_code",
	} {
		if v := o.IDs[name]; v != "" {
			return v
		}
	}
	for _, v := range o.IDs {
		return v
	}
	return fmt.Sprint(o.Serial)
}
