//! Paging: the methods that read a list page by page, and item by item.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ty::Scope;
use crate::named::{Operation, Paging, Step};

/// The methods of the request, if its responses come in pages.
pub(super) fn methods(operation: &Operation, scope: &Scope<'_>) -> Option<TokenStream> {
    let paging = operation.paging.as_ref()?;
    let pages = scope.import("clientsmith_runtime", "Pages");
    let items = scope.import("clientsmith_runtime", "Items");
    let item = scope.held(&paging.item);
    let how = how(paging, scope);
    let of_page = items_of(quote!(page), &paging.steps);
    Some(quote! {
        /// The pages, each asked for when the one before was taken.
        #[inline]
        pub fn pages(self) -> #pages<Self> { #pages::new(self, #how) }

        /// What is on the pages, one by one.
        #[inline]
        pub fn items(self) -> #items<Self, #item> {
            self.pages().items(|page| #of_page)
        }
    })
}

/// How the next page is asked for.
fn how(paging: &Paging, scope: &Scope<'_>) -> TokenStream {
    let ty = scope.import("clientsmith_runtime", "Paging");
    let pointer = |path: &str| {
        let segments = path.split('.').filter(|segment| !segment.is_empty());
        let segments =
            segments.map(|segment| format!("/{}", segment.replace('~', "~0").replace('/', "~1")));
        Literal::string(&segments.collect::<String>())
    };
    let how = &paging.how;
    let items = pointer(&how.items);
    if let Some(cursor) = &how.cursor {
        let (parameter, next) = (Literal::string(&cursor.parameter), pointer(&cursor.next));
        quote!(#ty::Cursor { parameter: #parameter, next: #next })
    } else if let Some(next) = &how.next_url {
        let next = pointer(next);
        quote!(#ty::NextUrl { next: #next })
    } else if let Some(parameter) = &how.offset {
        let parameter = Literal::string(parameter);
        quote!(#ty::Offset { parameter: #parameter, items: #items })
    } else if let Some(page) = &how.page {
        let (parameter, first) = (
            Literal::string(&page.parameter),
            Literal::u64_unsuffixed(page.first),
        );
        quote!(#ty::Page { parameter: #parameter, first: #first, items: #items })
    } else {
        quote!(#ty::LinkHeader)
    }
}

/// The items of a page: `page.data.unwrap_or_default()`.
fn items_of(value: TokenStream, steps: &[Step]) -> TokenStream {
    let Some((step, rest)) = steps.split_first() else {
        return value;
    };
    let name = &step.name;
    let flat = (step.options > 1).then(|| quote!(.flatten()));
    match (step.options, rest.is_empty()) {
        (0, _) => items_of(quote!(#value.#name), rest),
        (_, true) => quote!(#value.#name #flat .unwrap_or_default()),
        (_, false) => {
            let inner = items_of(quote!(inner), rest);
            quote!(#value.#name #flat .map(|inner| #inner).unwrap_or_default())
        }
    }
}
