#include "app/audit.h"

#include "app/published.h"

namespace wenshu::app {

store::AuditReport verify_store(const Context& context, const std::optional<store::Head>& earlier) {
  store::Store store = open_store(context);
  return store::verify(store, earlier);
}

}  // namespace wenshu::app
