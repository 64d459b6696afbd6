package known_test

import (
	"testing"

	"github.com/wxgen/wxgen/internal/known"
	"github.com/wxgen/wxgen/internal/load"
	"github.com/wxgen/wxgen/spec"
)

func description(t *testing.T) *known.Description {
	t.Helper()
	api, err := load.Dir(spec.FS,
		load.Options{Include: []string{"payroll-card", "merchant-service", "webhooks"}})
	if err != nil {
		t.Fatal(err)
	}
	return known.Of(known.Source{API: api})
}

func TestKnown(t *testing.T) {
	d := description(t)
	op := d.Operation("POST", "/v3/payroll-card/tokens")
	if op == nil {
		t.Fatal("the operation is not known")
	}
	name, openid := op.Body.Field("user_name"), op.Body.Field("openid")
	if name == nil || !name.Sensitive || !name.Required || openid == nil || openid.Sensitive {
		t.Errorf("user_name %+v, openid %+v", name, openid)
	}
	if op := d.Operation("GET", "/v3/payroll-card/relations/{whatever}"); op == nil ||
		op.Params["sub_mchid"] == nil || op.Response.Field("authorize_state") == nil {
		t.Errorf("with another parameter's name: %+v", op)
	}
	if amount := d.Event("TRANSACTION.SUCCESS").Field("amount").
		Inside(); amount.Field("payer_total") == nil {
		t.Errorf("amount of the event: %+v", amount)
	}
	for _, c := range []struct {
		object, field string
		holds, known  bool
	}{{"amount", "currency", true, true}, {"amount", "openid", false, true},
		{"", "openid", true, true}, {"nothing", "openid", false, false}} {
		if holds, known := d.Holds(c.object, c.field); holds != c.holds || known != c.known {
			t.Errorf("%q holds %q: %v, known %v", c.object, c.field, holds, known)
		}
	}
	for name, want := range map[string][2]bool{"id_card_number": {true, false},
		"openid": {false, true}, "quantity": {false, false}, "never_heard": {false, false}} {
		if sealed, inClear := d.Sealed(name); [2]bool{sealed, inClear} != want {
			t.Errorf("%s: sealed %v, in clear %v", name, sealed, inClear)
		}
	}
}

func TestNothingKnown(t *testing.T) {
	var d *known.Description
	if sealed, inClear := d.Sealed("user_name"); sealed || inClear {
		t.Error("a nil description knows of secrets")
	}
	if d.Operation("GET", "/v3/x/y") != nil || d.Event("A.B") != nil {
		t.Error("a nil description knows operations")
	}
}

// Facts in a file with open questions are not known: a second page of the same operation must not
// take a question for its answer.
func TestOpenQuestions(t *testing.T) {
	api, err := load.Dir(spec.FS, load.Options{Include: []string{"payroll-card", "webhooks"}})
	if err != nil {
		t.Fatal(err)
	}
	d := known.Of(known.Source{API: api,
		Open: map[string]bool{"v3/payroll-card.yaml": true, "webhooks/transaction.yaml": true}})
	if sealed, inClear := d.Sealed("id_card_number"); sealed || inClear ||
		d.Operation("POST", "/v3/payroll-card/tokens") != nil ||
		d.Event("TRANSACTION.SUCCESS") != nil {
		t.Error("a file with open questions counts as known")
	}
}
