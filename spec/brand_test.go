package spec_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/rawspec"
	"github.com/wxgen/wxgen/spec"
)

// twins are pairs of paths: of brands, and of partners that call for a brand.
var twins = []struct{ brand, partner string }{
	{"/brand/marketing/product-coupon/", "/v3/marketing/partner/product-coupon/"},
	{"/brand/card-member/", "/v3/brand/partner/card-member/"},
	{"/brand/store/", "/v3/brand/partner/store/"},
}

const bundleRule = "request.stock_bundle.progressive_bundle_usage_rule."

// unlike are the fields that one of two twins lacks, with the reason.
var unlike = map[string]string{
	"request.card_id":    "brands send it in the body of a confirmation, partners in its query",
	"response.media_url": "a page for partners names it; WeChat Pay's samples have image_url alone",

	bundleRule + "special_first":                         "the samples for brands alone have it",
	bundleRule + "coupon_available_period.interval_days": "the samples for brands alone have it",
}

// A brand's operation has the fields of its twin for partners, except the brand's number. A
// correction of one twin must reach the other.
func TestBrandTwins(t *testing.T) {
	ops := readSpec(t, spec.FS)
	found := 0
	for _, name := range slices.Sorted(maps.Keys(ops)) {
		op := ops[name]
		if !strings.HasPrefix(op.Path, "/brand/") {
			continue
		}
		found++
		twin := twinOf(ops, op)
		if twin == nil {
			t.Errorf("%s: %s has no twin among the paths of partners", op.Pos(), name)
			continue
		}
		_, _, reply := op.Reply()
		_, _, twinReply := twin.Reply()
		for side, schemas := range map[string][2]rawspec.View{"request": {op.Schema, twin.Schema},
			"response": {reply, twinReply}} {
			compareTwins(t, op, side, schemas[0], schemas[1])
		}
	}
	if found < 30 {
		t.Errorf("%d operations of brands", found)
	}
}

func twinOf(ops map[string]*rawspec.Operation, op *rawspec.Operation) *rawspec.Operation {
	for _, pair := range twins {
		if rest, ok := strings.CutPrefix(op.Path, pair.brand); ok {
			return ops[op.Method()+" "+pair.partner+rest]
		}
	}
	return nil
}

func compareTwins(t *testing.T, op *rawspec.Operation, side string, brand, partner rawspec.View) {
	t.Helper()
	mine, theirs := map[string]string{}, map[string]string{}
	describe(brand, side, mine)
	describe(partner, side, theirs)
	for _, field := range slices.Sorted(maps.Keys(mine)) {
		if theirs[field] != mine[field] && unlike[field] == "" {
			t.Errorf("%s: %s: %s is %q, and %q in its twin", op.Pos(), op.Name, field, mine[field],
				theirs[field])
		}
	}
	for _, field := range slices.Sorted(maps.Keys(theirs)) {
		if mine[field] == "" && unlike[field] == "" && !ofPartners(field) {
			t.Errorf("%s: %s lacks %s of its twin", op.Pos(), op.Name, field)
		}
	}
}

// ofPartners reports whether a field is for partners alone: the brand's number, and former parts of
// coupons.
func ofPartners(field string) bool {
	return slices.ContainsFunc(strings.Split(field, "."), func(name string) bool {
		return name == "brand_id" || strings.HasPrefix(name, "sequential_")
	})
}

// describe records type, format and required mark of every field below a schema.
func describe(v rawspec.View, at string, fields map[string]string) {
	if items := v.At("items"); items.Exists() {
		v = items
	}
	required := v.At("required").Texts()
	for _, name := range v.At("properties").Keys() {
		prop := v.At("properties", name)
		facts := []string{prop.Type(), prop.At("format").Text(),
			strings.Join(prop.At("enum").Texts(), "|")}
		if slices.Contains(required, name) {
			facts = append(facts, "required")
		}
		fields[at+"."+name] = strings.Join(facts, " ")
		describe(prop, at+"."+name, fields)
	}
}
