package product

import (
	"fmt"
	"time"

	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/memory"
)

// Act is what a person does to an object, or time does.
type Act string

// The acts.
const (
	Pay    Act = "pay"    // pays, confirms, signs
	Refuse Act = "refuse" // a payment fails; whatever else is refused
	Expire Act = "expire" // its time is over
)

func ends(state string) func(*Products, *memory.Object, *keys.Account) {
	return func(p *Products, o *memory.Object, _ *keys.Account) {
		o.State = state
		p.show(o)
	}
}

// Person does to an object what a person would do.
func (p *Products) Person(o *memory.Object, a *keys.Account, act Act, how string) error {
	p.lapse(o)
	do := acts[o.Kind][o.State][act]
	if do == nil {
		return fmt.Errorf("%s %s is %s: nobody can %s it now", o.Kind, Number(o), o.State, act)
	}
	do(p, o, a)
	o.Move(p.Now(), o.State, how, 0)
	p.Store.Index(o)
	return nil
}

// Can are the acts that an object allows now.
func (p *Products) Can(o *memory.Object) (list []Act) {
	for _, act := range []Act{Pay, Refuse, Expire} {
		if acts[o.Kind][o.State][act] != nil {
			list = append(list, act)
		}
	}
	return list
}

// Number is the number by which people know an object.
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

func (p *Products) payOrder(o *memory.Object, a *keys.Account) {
	p.paid(o, a, p.Now())
	p.Store.Index(o)
	p.tell(o, "TRANSACTION.SUCCESS", a, p.orderFields(nil, o))
}

func (p *Products) failPayment(o *memory.Object, _ *keys.Account) {
	o.Doc["trade_state_desc"] = "支付失败，用户可以再次支付"
}

// paidAt is when an order was paid.
func paidAt(o *memory.Object) time.Time {
	at, err := time.Parse(time.RFC3339, o.Text("success_time"))
	if err != nil {
		return o.Created
	}
	return at
}
