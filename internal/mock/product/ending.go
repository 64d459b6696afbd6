package product

import (
	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/memory"
)

func init() {
	endings = map[string]map[string]func(*Products, *memory.Object, *keys.Account){
		"refund":  {"PROCESSING": endsRefund("SUCCESS")},
		"sharing": {"PROCESSING": (*Products).endSharing},
		"return":  {"PROCESSING": (*Products).endReturn},
		"batch":   {"ACCEPTED": (*Products).endBatch},
		"transfer": {
			"ACCEPTED": (*Products).awaitUser, "TRANSFERING": endsTransfer("SUCCESS"),
			"CANCELING": endsTransfer("CANCELLED"),
		},
		"order":    {"NOTPAY": (*Products).endDeduction},
		"payscore": {"DONE": (*Products).endCollection},
	}
}
