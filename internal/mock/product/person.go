package product

import (
	"fmt"

	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/memory"
)

// Act is an act of a person on an object, or the passing of time.
type Act string

// The acts.
const (
	Pay    Act = "pay"    // pays, confirms, signs
	Refuse Act = "refuse" // a payment fails; other objects are refused
	Expire Act = "expire" // its time is over
)

// acts are the possible acts by kind and state.
var acts map[string]map[string]map[Act]func(*Products, *memory.Object, *keys.Account)

func init() {
	type does = map[Act]func(*Products, *memory.Object, *keys.Account)
	acts = map[string]map[string]does{
		"order": {
			"NOTPAY": {Pay: (*Products).payOrder, Refuse: (*Products).failPayment,
				Expire: ends("CLOSED")},
			"USERPAYING": {Pay: (*Products).payOrder, Refuse: ends("PAYERROR"),
				Expire: ends("PAYERROR")},
		},
		"combine": {"NOTPAY": {Pay: (*Products).payCombined, Refuse: (*Products).failPayment,
			Expire: ends("CLOSED")}},
		"refund": {
			"PROCESSING": {Refuse: endsRefund("ABNORMAL"), Expire: endsRefund("CLOSED")},
		},
		"transfer": {"WAIT_USER_CONFIRM": {Pay: (*Products).confirmTransfer,
			Refuse: failTransfer("USER_REFUSED"), Expire: failTransfer("OVERDUE_CLOSE")}},
		"payscore": {"CREATED": {Pay: (*Products).confirmService, Refuse: ends("REVOKED"),
			Expire: ends("EXPIRED")}},
		"contract":   {"SIGNING": {Pay: (*Products).sign}},
		"permission": {"UNAVAILABLE": {Pay: (*Products).grant}},
	}
}

// Person applies a person's act to an object.
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

// Can lists the acts that an object allows now.
func (p *Products) Can(o *memory.Object) (list []Act) {
	for _, act := range []Act{Pay, Refuse, Expire} {
		if acts[o.Kind][o.State][act] != nil {
			list = append(list, act)
		}
	}
	return list
}
